import { expect } from 'vitest';
import * as z from 'zod/mini';
import { described } from '#api/described';
import type { routes } from '#lib/routes';
import { push } from '../entities.ts';
import { anyText, anyUuid, type Call, type Expected, message, type Row, refused, sentTo } from '../row.ts';
import { clientWrites, hasLeft, subscribed } from '../steps.ts';

// Section 18: what existing clients send, and have to be answered. The rows are made from the routes, so that a new one
// has all of them.

type V3Route = Extract<(typeof routes)[number], { path: `/v3/${string}` }>;
type NameOf<R> = R extends V3Route ? `${R['method']} ${R['path']}` : never;
type V3Name = NameOf<V3Route>;

/** A request of a route as the reference has it. The ids in it are digits, so that they may be numbers as well. */
interface Usual {
  readonly ask: string;
  readonly body?: unknown;
  readonly given?: Row['given'];
  readonly expect: Expected;
}

const DONE: Expected = { status: 200, body: {} };
const NOTHING_UNKNOWN: Expected = { status: 200, body: [] };
const USER = { id: '17', name: 'Olga', phone: '79001112233' };
const ADDRESS = { chatType: 'telegram', chatId: '501', username: 'anna', phone: '79001112233' };
const CONTACT = {
  id: '1',
  responsibleUserId: '17',
  name: 'Anna',
  contactData: [ADDRESS],
  uri: 'https://crm.example/c/1',
};
const DEAL = {
  id: '2',
  responsibleUserId: '17',
  name: 'Doors',
  contacts: ['1'],
  closed: false,
  uri: 'https://crm.example/d/2',
};
const PIPELINE = { id: '3', name: 'Sales', stages: [{ id: '10', name: 'New' }] };
const [users, contacts, deals, pipelines] = [
  [push('users', USER)],
  [push('contacts', CONTACT)],
  [push('deals', DEAL)],
  [push('pipelines', PIPELINE)],
];
const sent = [{ ask: 'POST /v3/message', body: message(), keep: 'sent' }, hasLeft] as const;
const changed: Expected = { status: 200, body: { messageId: '{sent.messageId}' } };
const registered: Expected = { status: 200, body: { ok: true } };
const ON = {
  messagesAndStatuses: true,
  contactsAndDealsCreation: true,
  channelsUpdates: true,
  templateStatus: true,
  wabaTemplatesStatus: true,
};
const CARD = {
  user: { id: '17', name: 'Olga' },
  scope: 'card',
  filter: [{ ...ADDRESS, name: 'Anna' }],
  activeChat: { channelId: '{bot}', chatType: 'telegram', chatId: '501' },
  options: { clientType: 'CRM', useDealsEvents: true, useMessageEvents: true },
};
const BUTTONS = { replyMarkup: 'inline', buttons: [[{ text: 'Yes', callbackData: 'y' }]] };

const USUAL: Readonly<Record<V3Name, Usual>> = {
  'POST /v3/iframe': {
    ask: 'POST /v3/iframe',
    body: CARD,
    given: users,
    expect: { status: 200, body: { url: expect.stringMatching(/^https:/) } },
  },
  'POST /v3/message': {
    ask: 'POST /v3/message',
    body: message({ crmMessageId: '5', crmUserId: '99', clearUnanswered: true, buttonsObject: BUTTONS }),
    expect: sentTo(),
  },
  'PATCH /v3/message/{messageId}': {
    ask: 'PATCH /v3/message/{sent.messageId}',
    body: { text: 'good day' },
    given: sent,
    expect: changed,
  },
  'DELETE /v3/message/{messageId}': { ask: 'DELETE /v3/message/{sent.messageId}', given: sent, expect: changed },
  'GET /v3/channels': {
    ask: 'GET /v3/channels',
    given: [({ telegram }) => telegram()],
    expect: {
      status: 200,
      body: [{ channelId: anyUuid, transport: 'telegram', plainId: 'konvert_bot', state: 'active', name: 'Bot' }],
    },
  },
  'GET /v3/templates/whatsapp': { ask: 'GET /v3/templates/whatsapp', expect: NOTHING_UNKNOWN },
  'GET /v3/unanswered/{id}': {
    ask: 'GET /v3/unanswered/17',
    given: [...users, ...contacts, clientWrites('hello')],
    expect: { status: 200, body: { counterV2: 0, type: null, lastMsgDateTime: null } },
  },
  'GET /v3/users': {
    ask: 'GET /v3/users',
    given: users,
    expect: { status: 200, body: [{ id: '17', name: 'Olga' }] },
  },
  'POST /v3/users': { ask: 'POST /v3/users', body: [USER], expect: DONE },
  'GET /v3/users/{id}': { ask: 'GET /v3/users/17', given: users, expect: { status: 200, body: USER } },
  'DELETE /v3/users/{id}': { ask: 'DELETE /v3/users/17', given: users, expect: DONE },
  'PATCH /v3/users/bulk_delete': {
    ask: 'PATCH /v3/users/bulk_delete',
    body: ['17'],
    given: users,
    expect: NOTHING_UNKNOWN,
  },
  'GET /v3/contacts': {
    ask: 'GET /v3/contacts',
    given: contacts,
    expect: { status: 200, body: { count: 1, data: [CONTACT] } },
  },
  'POST /v3/contacts': { ask: 'POST /v3/contacts', body: [CONTACT], expect: DONE },
  'GET /v3/contacts/{id}': { ask: 'GET /v3/contacts/1', given: contacts, expect: { status: 200, body: CONTACT } },
  'PUT /v3/contacts/{id}': {
    ask: 'PUT /v3/contacts/1',
    body: CONTACT,
    given: contacts,
    expect: { status: 200, body: CONTACT },
  },
  'DELETE /v3/contacts/{id}': { ask: 'DELETE /v3/contacts/1', given: contacts, expect: DONE },
  'PATCH /v3/contacts/bulk_delete': {
    ask: 'PATCH /v3/contacts/bulk_delete',
    body: ['1'],
    given: contacts,
    expect: NOTHING_UNKNOWN,
  },
  'GET /v3/deals': { ask: 'GET /v3/deals', given: deals, expect: { status: 200, body: { count: 1, data: [DEAL] } } },
  'POST /v3/deals': { ask: 'POST /v3/deals', body: [DEAL], expect: DONE },
  'GET /v3/deals/{id}': { ask: 'GET /v3/deals/2', given: deals, expect: { status: 200, body: DEAL } },
  'DELETE /v3/deals/{id}': { ask: 'DELETE /v3/deals/2', given: deals, expect: DONE },
  'PATCH /v3/deals/bulk_delete': {
    ask: 'PATCH /v3/deals/bulk_delete',
    body: ['2'],
    given: deals,
    expect: NOTHING_UNKNOWN,
  },
  'GET /v3/pipelines': { ask: 'GET /v3/pipelines', given: pipelines, expect: { status: 200, body: [PIPELINE] } },
  'POST /v3/pipelines': { ask: 'POST /v3/pipelines', body: [PIPELINE], expect: DONE },
  'GET /v3/webhooks': {
    ask: 'GET /v3/webhooks',
    given: [subscribed],
    expect: { status: 200, body: { webhooksUri: '{hook}', subscriptions: ON } },
  },
  'PATCH /v3/webhooks': { ask: 'PATCH /v3/webhooks', body: subscribed.body, given: [subscribed], expect: registered },
  'POST /v3/webhooks': { ask: 'POST /v3/webhooks', body: subscribed.body, given: [subscribed], expect: registered },
};

/** Optional fields of which null leaves a request without what it is about. Rows of other sections show its answer. */
const NEEDED_ALL_THE_SAME: readonly string[] = [
  'POST /v3/message text',
  'PATCH /v3/message/{messageId} text',
  'POST /v3/iframe filter',
];
const all = Object.entries(USUAL) as [V3Name, Usual][];
const readOnly = all.filter(([name]) => /^(GET|DELETE) /.test(name));
const withBody = all.filter(([, { body }]) => body !== undefined);
const withId = all.filter(([name]) => name.endsWith('{id}'));

/** A request that is like the usual one, and is answered like it. */
function same(
  of: string | readonly string[],
  what: string,
  { ask, given = [], ...rest }: Usual,
  more: Partial<Call> = {},
): Row {
  const { expect: expected, body } = rest;
  return {
    section: '18',
    of,
    says: `${ask.replace(/\{\w+\.\w+\}/, '{id}').split('?')[0]}: ${what}`,
    given,
    call: { ask, ...(body !== undefined && { body }), ...more },
    expect: expected,
  };
}

/** The paths of fields that may be left out, as `filter.0.name`. */
function optionalPaths(schema: JsonSchema, at: readonly string[] = []): string[] {
  const { properties = {}, required = [], items, anyOf = [], allOf = [] } = schema;
  const own = Object.entries(properties).flatMap(([name, inner]) => {
    const path = [...at, name];
    const inside = optionalPaths(inner, path);
    return required.includes(name) ? inside : [path.join('.'), ...inside];
  });
  const inside = [...anyOf, ...allOf].flatMap((one) => optionalPaths(one, at));
  return [...new Set([...own, ...inside, ...(items ? optionalPaths(items, [...at, '0']) : [])])];
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** The value with null at that place, or undefined if the value has no such place. */
function withNull(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[name] = rest.length === 0 ? null : withNull(copy[name], rest);
  return copy[name] === undefined ? undefined : copy;
}

function nullRows(name: V3Name, usual: Usual): Row[] {
  const schema = described[name]?.body;
  const paths = schema
    ? optionalPaths(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
    : [];
  return paths.flatMap((path) => {
    const body = withNull(usual.body, path.split('.'));
    if (body === undefined || NEEDED_ALL_THE_SAME.includes(`${name} ${path}`)) return [];
    return [same('null', `null for ${path}`, { ...usual, body, expect: { status: usual.expect.status } })];
  });
}

/** The value with a field in each object that nobody knows. */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknown);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withUnknown(inner)]);
  return { ...Object.fromEntries(entries), requestId: 'x', somethingNew: { inside: [null, 1] } };
}

/** The value with numbers in the place of digits, except in names and words. */
function withNumbers(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => withNumbers(inner, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, withNumbers(inner, field)]));
  }
  return typeof value === 'string' && /^\d+$/.test(value) && name !== 'text' ? Number(value) : value;
}

function encoded(ask: string): string {
  return ask.replace(/[^/]+$/, (id) =>
    [...Buffer.from(id)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

const WRONG_KEY = { authorization: 'Bearer nobody' };
const unauthorized = refused(401, 'UNAUTHORIZED');

/** Section 18, and what of 16.2 no other section shows. */
export const rows: readonly Row[] = [
  ...all.map(([, usual]) => same(['arrays', 'count and data', 'username and phone'], 'as the reference has it', usual)),
  ...all.map(([, usual]) =>
    same(['trailing slash', 'no redirects'], 'a slash at the end, without a redirect', {
      ...usual,
      ask: `${usual.ask}/`,
    }),
  ),
  ...readOnly.flatMap(([, usual]) => [
    same('body on GET and DELETE', 'a JSON body', usual, { body: [] }),
    same('body on GET and DELETE', 'a body that is no JSON', usual, { body: 'x' }),
    same('Content-Type without body', 'a Content-Type of a form', usual, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  ]),
  ...all.map(([, usual]) =>
    same('Content-Type without body', 'no Content-Type', usual, { headers: { 'content-type': null } }),
  ),
  ...withBody.flatMap(([name, usual]) => nullRows(name, usual)),
  ...[{ replyMarkup: null }, { oneTimeKeyboard: null }, { removeKeyboard: null }, { chatType: null }].map((fields) =>
    same('null', `null for a field of buttonsObject: ${Object.keys(fields)}`, {
      ...USUAL['POST /v3/message'],
      body: message({ buttonsObject: { ...BUTTONS, ...fields } }),
    }),
  ),
  ...['url', 'type', 'payload', 'intent'].map((name) =>
    same('null', `null for a field of a button: ${name}`, {
      ...USUAL['POST /v3/message'],
      body: message({ buttonsObject: { ...BUTTONS, buttons: [[{ text: 'Yes', callbackData: 'y', [name]: null }]] } }),
    }),
  ),
  ...withBody.map(([, usual]) =>
    same('unknown fields', 'unknown fields in each object', { ...usual, body: withUnknown(usual.body) }),
  ),
  ...withBody.map(([, usual]) =>
    same('ids as numbers', 'ids and phones as numbers', { ...usual, body: withNumbers(usual.body) }),
  ),
  ...all.map(([, usual]) =>
    same('query parameters', 'unknown parameters', { ...usual, ask: `${usual.ask}?sort=-name&limit=50&more=%20` }),
  ),
  ...['users', 'contacts', 'deals'].map((kind) => {
    const usual = USUAL[`GET /v3/${kind}` as V3Name];
    return same('query parameters', 'limit and sort beside offset', {
      ...usual,
      ask: `${usual.ask}?offset=0&limit=1&sort=name`,
    });
  }),
  ...withId.map(([, usual]) => same('percent-encoded ids', 'an encoded id', { ...usual, ask: encoded(usual.ask) })),
  ...['a/b', 'a b', '100%', 'Анна', 'a+b', '?x#y', '__proto__'].map((id) => ({
    section: '18',
    of: 'percent-encoded ids',
    says: `an id may be ${id}`,
    given: [push('users', { id, name: 'Olga' })],
    call: `GET /v3/users/${encodeURIComponent(id)}`,
    expect: { status: 200, body: { id, name: 'Olga', phone: null } },
  })),
  same('filter without name', 'an address without name', {
    ...USUAL['POST /v3/iframe'],
    body: { ...CARD, filter: [{ chatType: 'telegram', chatId: '501' }] },
  }),
  same('iframe without user name', 'a user without name', {
    ...USUAL['POST /v3/iframe'],
    body: { ...CARD, user: { id: '17' } },
  }),
  ...['crmKey', 'requestId'].map((name) =>
    same('unknown fields', `${name} beside the address`, {
      ...USUAL['PATCH /v3/webhooks'],
      body: { ...subscribed.body, [name]: 'x' },
    }),
  ),
  ...(['PATCH', 'POST'] as const).flatMap((method) => [
    {
      section: '18',
      of: ['unknown fields', 'POST webhooks'],
      says: `${method} /v3/webhooks: switches at the top`,
      call: { ask: `${method} /v3/webhooks`, body: { webhooksUri: '{hook}', messagesAndStatuses: true } },
      expect: registered,
      afterwards: [readsSwitches({ messagesAndStatuses: true })],
    },
    {
      section: '18',
      of: ['lower-case booleans', 'POST webhooks', 'wabaTemplatesStatus and templateStatus'],
      says: `${method} /v3/webhooks: switches in words, with capitals`,
      call: {
        ask: `${method} /v3/webhooks`,
        body: { webhooksUri: '{hook}', subscriptions: { wabaTemplatesStatus: 'True', channelsUpdates: 'FALSE' } },
      },
      expect: registered,
      afterwards: [readsSwitches({ templateStatus: true, wabaTemplatesStatus: true })],
    },
  ]),
  same('201 with both fields', 'a message has both fields', USUAL['POST /v3/message']),
  ...(['POST /v3/contacts', 'DELETE /v3/contacts/{id}'] as const).map((name) =>
    same('JSON for POST and DELETE contacts', 'the answer is JSON and not empty', USUAL[name]),
  ),
  ...(['users', 'contacts', 'deals'] as const).map((kind) =>
    same('bulk deletes', 'nothing to delete is []', {
      ask: `PATCH /v3/${kind}/bulk_delete`,
      body: [],
      expect: NOTHING_UNKNOWN,
    }),
  ),
  ...all.map(([, { ask, body, given = [] }]) => ({
    section: '18',
    of: 'description',
    says: `${ask.replace(/\{\w+\.\w+\}/, '{id}')}: the refusal of a wrong key has a description`,
    given,
    call: { ask, ...(body !== undefined && { body }), headers: WRONG_KEY },
    expect: unauthorized,
  })),
  ...withBody.map(([, { ask, given = [] }]) => ({
    section: '18',
    of: 'description',
    says: `${ask.replace(/\{\w+\.\w+\}/, '{id}')}: the refusal of what is no JSON has a description`,
    given,
    call: { ask, body: '{' },
    expect: { status: 400, body: expect.objectContaining({ error: expect.anything(), description: anyText }) },
  })),
  {
    section: '16.2',
    of: 'FORBIDDEN',
    says: 'a route that is not open to a caller is FORBIDDEN, as to a sidecar key',
    given: users,
    call: { ask: 'GET /v3/contacts', headers: { 'konvert-user': '17' } },
    expect: refused(403, 'FORBIDDEN'),
  },
];

function readsSwitches(switches: object) {
  const off = Object.fromEntries(Object.keys(ON).map((name) => [name, false]));
  const body = { webhooksUri: '{hook}', subscriptions: { ...off, ...switches } };
  return { ask: 'GET /v3/webhooks', expect: { status: 200, body } };
}
