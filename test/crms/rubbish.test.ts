import { describe, expect, test } from 'vitest';
import type { Asked, Crm, Session } from '#crms/crm';
import { createCrms } from '#crms/registry/crms';
import { CRMS } from '#domain/crm';
import { FRAME_URL, HOOKS_URL, wantedOf } from './kit/connected.ts';

// Whatever a CRM answers, every call ends in a word, and after a few requests.

const MEMBERS: Readonly<Record<string, (crm: Crm, session: Session) => Promise<Asked<unknown>>>> = {
  identify: (crm, session) => crm.identify(session),
  prepare: (crm, session) => crm.prepare(session, HOOKS_URL, FRAME_URL),
  leave: (crm, session) => crm.leave(session, HOOKS_URL),
  users: (crm, session) => crm.users(session),
  pipelines: (crm, session) => crm.pipelines(session),
  find: (crm, session) => crm.find(session, { chatType: 'whatsapp', chatId: '79991234567' }),
  read: (crm, session) =>
    crm.read(session, [
      { type: 'contact', id: '1' },
      { type: 'deal', id: '2' },
    ]),
  dealsOf: (crm, session) => crm.dealsOf(session, '1'),
  changedSince: (crm, session) => crm.changedSince(session, 0),
  look: (crm, session) => crm.look(session, wantedOf('1').keys, 0),
  make: (crm, session) => crm.make(session, wantedOf('1')),
  makeDeal: (crm, session) => crm.make(session, wantedOf('1', { contactId: '5' })),
  assign: (crm, session) => crm.assign(session, { type: 'deal', id: '1' }, '1'),
  note: (crm, session) =>
    crm.note(session, [
      { refs: [{ type: 'contact', id: '1' }], text: 'Hello', links: [], chatType: 'telegram', sentAt: 0 },
    ]),
};

const ITEM = {
  id: 2 ** 60,
  uid: 'u',
  ID: '9007199254740993',
  from: { id: '1' },
  to: [],
  name: {},
  value: null,
  properties: {},
  createdAt: 'never',
  updatedAt: '',
  created_at: 1e300,
  updated_at: -1,
  custom_fields_values: [{ field_id: 1, values: [] }],
  _embedded: { contacts: [{ id: 1e21 }], leads: [], statuses: [] },
  errors: [],
  code: 'KONVERT_ID',
  destination: 5,
};
const LISTS = ['contacts', 'leads', 'users', 'pipelines', 'unsorted', 'events', 'webhooks', 'custom_fields', 'notes'];
const ENDLESS = {
  results: [ITEM],
  paging: { next: { after: '1' } },
  _links: { next: { href: 'x' } },
  _embedded: Object.fromEntries(LISTS.map((name) => [name, [ITEM]])),
  result: { items: Array.from({ length: 50 }, () => ITEM), result: {}, result_error: {}, result_time: {} },
  total: 1e12,
  next: 50,
};
const KINDS = ['ok', 'gone', 'refused', 'unauthorized', 'throttled', 'unreachable'];
/** Of an endless list of what was made: fifty thousand leads. */
const MOST_CALLS = 250;
const MAKES = ['make', 'makeDeal'];

function isId(made: unknown): boolean {
  return /^\d+$/.test((made as { contactId: string }).contactId);
}

const answers: Readonly<Record<string, () => Response>> = {
  html: () => new Response('<!doctype html><p>Hello', { headers: { 'content-type': 'text/html' } }),
  nothing: () => new Response(''),
  null: () => Response.json(null),
  'a number': () => Response.json(7),
  'a list': () => Response.json([[], {}, null, 1, 'a']),
  'an empty object': () => Response.json({}),
  nulls: () => Response.json({ results: null, _embedded: null, result: null, id: null, error: null, paging: null }),
  'lists of nulls': () =>
    Response.json({
      results: [null],
      _embedded: Object.fromEntries(LISTS.map((n) => [n, [null]])),
      result: [null],
      total: 'a',
    }),
  prototypes: () =>
    new Response(
      '{"__proto__":{"results":[]},"constructor":1,"result":{"__proto__":[],"toString":1},"_embedded":{"__proto__":1}}',
    ),
  'deep lists': () => new Response('['.repeat(20_000) + ']'.repeat(20_000)),
  'an endless list': () => Response.json(ENDLESS),
  'an error that is a list': () => Response.json([{ error: 1 }], { status: 400 }),
  'an error with wrong types': () =>
    Response.json(
      {
        error: {},
        message: [],
        title: 7,
        'validation-errors': [{ errors: [{ path: 5 }] }],
        errors: [null],
        error_description: {},
        category: {},
      },
      { status: 400 },
    ),
  'a limit without a time': () => Response.json({}, { status: 429, headers: { 'retry-after': 'soon' } }),
  'a redirect to a private host': () =>
    new Response(null, { status: 302, headers: { location: 'https://127.0.0.1/rest/x' } }),
  'a redirect to nowhere': () => new Response(null, { status: 302, headers: { location: '::::' } }),
  'not modified': () => new Response(null, { status: 304 }),
};

describe.each(CRMS)('%s', (name) => {
  test.each(Object.keys(answers))('%s', async (answer) => {
    let calls = 0;
    const fetch: typeof globalThis.fetch = async () => {
      calls += 1;
      return answers[answer]?.() ?? Response.error();
    };
    const crm = createCrms({ fetch }).crmFor(name);
    if (!crm) throw new Error(`There is no connector for ${name}`);
    for (const [member, call] of Object.entries(MEMBERS)) {
      calls = 0;
      const session = {
        host: 'demo.amocrm.ru',
        accessToken: 'a-token-of-the-crm',
        app: { clientId: 'local.abc', clientSecret: 'secret' },
        fields: { contactKey: '1', dealKey: '2', chats: '3' },
        signal: new AbortController().signal,
      };
      const asked = await call(crm, session);
      expect(KINDS, member).toContain(asked.kind);
      expect(calls, member).toBeLessThan(MOST_CALLS);
      expect(JSON.stringify(asked).length, member).toBeLessThan(200_000);
      if (asked.kind === 'ok' && MAKES.includes(member)) expect(isId(asked.value), member).toBe(true);
    }
  });
});
