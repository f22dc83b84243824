import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { fileKey } from '#media/file-key';
import { newFileId } from '#media/new-file-id';
import { createFiles } from '#store/files/files';
import { DOCS_FILE, PAGE_FILE } from '#test/doubles/page';
import { type Company, type MarkedChat, openCompany, REFUSED } from '#test/functions/company';
import { type Answer, OPERATOR_KEY, START } from '#test/world';

type Route = (typeof routes)[number];
type RouteName = { [Name in Route as string]: `${Name['method']} ${Name['path']}` }[string];
type Told = Pick<Company, 'chats' | 'keyId' | 'deliveryId'> & { readonly channelId: string };

/** The callers of a route, and what a request needs that asks for something of the company. */
type Row =
  | { readonly for: 'everybody'; readonly with?: Readonly<Record<string, string>>; readonly own?: number }
  | {
      readonly for:
        | 'messengers'
        | 'who knows it'
        | 'who has a link'
        | 'who has a device'
        | 'own page'
        | 'oneself'
        | 'list'
        | 'counter'
        | 'notices'
        | 'who sees'
        | 'who hands over'
        | 'who sends again';
    }
  | { readonly for: 'who looks' | 'who is of the team' }
  | { readonly for: 'who speaks of'; readonly body: Readonly<Record<string, unknown>>; readonly not?: User }
  | { readonly for: 'who asks' | 'who changes' | 'who drafts'; readonly body?: Readonly<Record<string, unknown>> }
  | { readonly for: 'who writes' | 'who replies'; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly for: 'everybody of an account';
      readonly body?: Readonly<Record<string, unknown>>;
      readonly own: number;
      /** Callers of the account who are refused. */
      readonly not?: readonly (User | 'crm')[];
    }
  | { readonly for: 'operator'; readonly body: Readonly<Record<string, unknown>>; readonly own: number }
  | {
      readonly for: 'crm';
      readonly with?: (told: Told) => Readonly<Record<string, string>>;
      readonly body?: unknown;
      /** The status for the company's own CRM, and for that of another account, which finds nothing or its own. */
      readonly own: number;
      readonly other: number;
      /** The operator may call it too, and gets the operator's own. */
      readonly operator?: true;
    };

const CARD = { id: 'new', name: 'New', responsibleUserId: 'own' };
/** Nobody has connected it. */
const FRAME = { crm: 'amocrm', connectionId: 'none' };
const id = (value: string) => () => ({ id: value });
const channelId = ({ channelId }: Told) => ({ channelId });

/** Every route of `lib/routes.ts`. Those of the CRM are called in this order: what deletes comes after what reads. */
const ROWS: Readonly<Record<RouteName, Row>> = {
  'GET /healthz': { for: 'everybody' },
  'GET /openapi.json': { for: 'everybody' },
  'GET /docs': { for: 'everybody' },
  'GET /docs/{file}': { for: 'everybody', with: { file: DOCS_FILE } },
  'GET /': { for: 'everybody', own: 302 },
  'GET /chat/{accountId}': { for: 'everybody' },
  'GET /page/{file}': { for: 'everybody', with: { file: PAGE_FILE } },
  'POST /v1/accounts': { for: 'operator', body: { name: 'New' }, own: 201 },
  'PATCH /v1/accounts/{accountId}': { for: 'operator', body: { enabled: true }, own: 200 },
  'DELETE /v1/accounts/{accountId}': { for: 'operator', body: {}, own: 409 },
  'POST /v1/accounts/{accountId}/keys': { for: 'operator', body: { name: 'Found' }, own: 201 },
  'GET /v1/crm/callback/{crm}': { for: 'everybody', with: { crm: 'amocrm' }, own: 302 },
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': { for: 'everybody', with: { ...FRAME, secret: 'none' }, own: 404 },
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': {
    for: 'everybody',
    with: { ...FRAME, secret: 'none' },
    own: 404,
  },
  'GET /webhooks/frame/{crm}/{connectionId}': { for: 'everybody', with: FRAME, own: 404 },
  'POST /webhooks/frame/{crm}/{connectionId}': { for: 'everybody', with: FRAME, own: 404 },
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': { for: 'everybody', with: FRAME, own: 204 },
  'GET /webhooks/{transport}/{channelId}': { for: 'messengers' },
  'GET /files/{file}/{name}': { for: 'who knows it' },
  'HEAD /files/{file}/{name}': { for: 'who knows it' },
  'POST /webhooks/{transport}/{channelId}': { for: 'messengers' },

  'POST /v1/page-tokens': { for: 'who has a link' },
  'POST /v1/page-tokens/renew': { for: 'who has a device' },
  'DELETE /v1/page-tokens': { for: 'own page' },
  'GET /v1/devices': { for: 'everybody of an account', own: 200 },
  'DELETE /v1/devices/{deviceId}': { for: 'everybody of an account', own: 404 },
  'POST /v1/page-links': { for: 'oneself' },
  'GET /v1/me': { for: 'who looks' },
  'POST /v3/iframe': { for: 'crm', body: { user: { id: 'own' }, scope: 'global' }, own: 200, other: 400 },

  'GET /v1/chats': { for: 'list' },
  'GET /v3/unanswered/{id}': { for: 'counter' },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': { for: 'who sees' },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': { for: 'who sees' },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': { for: 'who sees' },
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': { for: 'who asks' },
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': { for: 'who drafts' },
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': { for: 'who drafts', body: { text: 'A draft' } },
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': { for: 'who drafts' },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': {
    for: 'who writes',
    body: { noReplyNeeded: false },
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': {
    for: 'who writes',
    body: { stillOwed: false },
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': { for: 'who hands over' },
  'POST /v3/message': { for: 'who replies', body: { text: 'An answer' } },
  'PATCH /v3/message/{messageId}': { for: 'who changes', body: { text: 'A better answer' } },
  'DELETE /v3/message/{messageId}': { for: 'who changes' },
  'GET /v3/templates/whatsapp': { for: 'everybody of an account', own: 200 },
  'POST /v1/doorbells': { for: 'everybody of an account', own: 201 },
  'POST /v1/files': { for: 'everybody of an account', body: { name: 'a.txt', size: 1 }, own: 201 },
  'PUT /v1/push-subscriptions/{id}': {
    for: 'everybody of an account',
    body: { endpoint: 'https://fcm.googleapis.com/fcm/send/1' },
    own: 200,
    not: ['crm'],
  },
  'GET /v1/me/notices': { for: 'notices' },
  'DELETE /v1/push-subscriptions/{id}': { for: 'everybody of an account', own: 200, not: ['crm'] },
  'GET /v1/quick-replies': { for: 'everybody of an account', own: 200 },
  'GET /v1/statistics': { for: 'everybody of an account', own: 200 },
  'PUT /v1/quick-replies': {
    for: 'everybody of an account',
    body: { quickReplies: [] },
    own: 200,
    not: ['control', 'norole'],
  },

  'GET /v3/channels': { for: 'crm', own: 200, other: 200 },
  // A bot has no phone.
  'GET /v1/channels/{channelId}/qr': { for: 'crm', with: channelId, own: 400, other: 404 },
  'GET /v1/channels/{channelId}/newest-message': { for: 'crm', with: channelId, own: 200, other: 404 },
  'GET /v1/settings/channels/{channelId}/would-return': { for: 'crm', with: channelId, own: 200, other: 404 },
  'GET /v1/settings': { for: 'crm', own: 200, other: 200 },
  'GET /v1/users': { for: 'who is of the team' },
  'PUT /v1/users/{userId}/status': { for: 'who speaks of', body: { status: 'away' } },
  'PUT /v1/users/{userId}/schedule': { for: 'who speaks of', body: { schedule: null }, not: 'own' },
  'GET /v1/assignments': { for: 'crm', own: 200, other: 200 },
  'GET /v1/deliveries': { for: 'crm', own: 200, other: 200 },
  'GET /v3/users': { for: 'crm', own: 200, other: 200 },
  'GET /v3/users/{id}': { for: 'crm', with: id('own'), own: 200, other: 404 },
  'GET /v3/contacts': { for: 'crm', own: 200, other: 200 },
  'GET /v3/contacts/{id}': { for: 'crm', with: id('contact-pool'), own: 404, other: 404 },
  'GET /v3/deals': { for: 'crm', own: 200, other: 200 },
  'GET /v3/deals/{id}': { for: 'crm', with: id('deal-open'), own: 200, other: 404 },
  'GET /v3/pipelines': { for: 'crm', own: 200, other: 200 },
  'POST /v3/users': { for: 'crm', body: [{ id: 'new', name: 'New' }], own: 200, other: 200 },
  'POST /v3/contacts': { for: 'crm', body: [{ ...CARD, contactData: [] }], own: 200, other: 200 },
  'POST /v3/deals': {
    for: 'crm',
    body: [{ ...CARD, contacts: ['contact-owned'], closed: false }],
    own: 200,
    other: 200,
  },
  'PUT /v3/contacts/{id}': { for: 'crm', with: id('contact-heads'), body: { name: 'New' }, own: 200, other: 404 },
  'POST /v3/pipelines': { for: 'crm', body: [{ id: 'new', name: 'New' }], own: 200, other: 200 },
  'PUT /v1/pipelines': { for: 'crm', body: [{ id: 'new', name: 'New' }], own: 200, other: 200 },
  'GET /v1/health': { for: 'crm', own: 200, other: 200 },
  'PATCH /v1/settings': { for: 'crm', body: { saveMessagesToTimeline: true }, own: 200, other: 200 },
  'PUT /v1/settings/channels/{channelId}': {
    for: 'crm',
    with: channelId,
    body: { newClients: { mode: 'first-reply' }, userRoles: [] },
    own: 200,
    other: 404,
  },
  'POST /v1/settings/channels/{channelId}/preview': {
    for: 'crm',
    with: channelId,
    body: { newClients: { mode: 'first-reply' }, userRoles: [] },
    own: 200,
    other: 404,
  },
  'GET /v3/webhooks': { for: 'crm', own: 200, other: 200 },
  'PATCH /v3/webhooks': { for: 'crm', body: { webhooksUri: 'none' }, own: 400, other: 400 },
  'POST /v3/webhooks': { for: 'crm', body: { webhooksUri: 'none' }, own: 400, other: 400 },
  'POST /v1/webhooks/secret': { for: 'crm', own: 201, other: 201 },
  'POST /v1/webhooks/test': { for: 'crm', own: 409, other: 409 },
  'GET /v1/webhooks/answers': { for: 'crm', own: 200, other: 200 },
  'POST /v1/deliveries/retry': { for: 'crm', body: { target: 'webhook' }, own: 409, other: 409 },
  'POST /v1/deliveries/replay': {
    for: 'crm',
    body: { target: 'webhook', from: new Date(START).toISOString() },
    own: 409,
    other: 409,
  },
  'POST /v1/deliveries/{deliveryId}/retry': { for: 'who sends again' },
  'POST /v1/channels': {
    for: 'crm',
    body: { transport: 'telegram', name: 'New', credentials: { botToken: 'none' } },
    own: 400,
    other: 400,
  },
  'PATCH /v1/channels/{channelId}': { for: 'crm', with: channelId, body: { name: 'New' }, own: 200, other: 404 },
  'POST /v1/channels/{channelId}/webhook-secret': { for: 'crm', with: channelId, own: 200, other: 404 },
  'DELETE /v1/channels/{channelId}': { for: 'crm', with: channelId, own: 200, other: 404 },
  'DELETE /v3/users/{id}': { for: 'crm', with: id('own'), own: 200, other: 404 },
  'PATCH /v3/users/bulk_delete': { for: 'crm', body: ['dealer'], own: 200, other: 200 },
  'DELETE /v3/deals/{id}': { for: 'crm', with: id('deal-open'), own: 200, other: 404 },
  'PATCH /v3/deals/bulk_delete': { for: 'crm', body: ['deal-closed'], own: 200, other: 200 },
  'DELETE /v3/contacts/{id}': { for: 'crm', with: id('contact-heads'), own: 200, other: 404 },
  'PATCH /v3/contacts/bulk_delete': { for: 'crm', body: ['contact-roleless'], own: 200, other: 200 },
  'GET /v1/account/keys': { for: 'crm', own: 200, other: 200 },
  'GET /v1/crm': { for: 'crm', own: 404, other: 404 },
  'POST /v1/crm': { for: 'crm', body: { crm: 'none', credentials: {} }, own: 400, other: 400 },
  'PATCH /v1/crm': { for: 'crm', body: { enabled: false }, own: 404, other: 404 },
  'DELETE /v1/crm': { for: 'crm', own: 404, other: 404 },
  'POST /v1/crm/refresh': { for: 'crm', own: 404, other: 404 },
  'GET /v1/audit': { for: 'crm', own: 200, other: 200, operator: true },
  'GET /v1/erasures': { for: 'crm', own: 200, other: 200, operator: true },
  'GET /v1/erasures/{erasureId}': {
    for: 'crm',
    with: () => ({ erasureId: 'none' }),
    own: 404,
    other: 404,
    operator: true,
  },
  'GET /v1/people/{chatType}/{chatId}': {
    for: 'crm',
    with: () => ({ chatType: 'telegram', chatId: '999' }),
    own: 404,
    other: 404,
  },
  'DELETE /v1/people/{chatType}/{chatId}': {
    for: 'crm',
    with: () => ({ chatType: 'telegram', chatId: '999' }),
    own: 404,
    other: 404,
  },
  'POST /v1/checks': { for: 'operator', body: {}, own: 202 },
  'GET /v1/checks/{checkId}': { for: 'operator', body: {}, own: 404 },
  'POST /v1/account/keys': { for: 'crm', own: 201, other: 201 },
  'DELETE /v1/account/keys/{keyId}': { for: 'crm', with: ({ keyId }) => ({ keyId }), own: 200, other: 404 },
};

/** R1, R3: `w` writes, `s` sees, `-` neither. The rows are the chats of `company.ts`. */
const USERS = ['own', 'dealer', 'closer', 'switched', 'other', 'head', 'control', 'norole'] as const;
const SIGHT: Readonly<Record<string, string>> = {
  //               own, dealer, closer, switched, other, head, control, norole
  owned: '         w    w       -       -         -      w     s        -',
  ownedElsewhere: '-    w       -       -         -      w     s        -',
  pool: '          -    -       -       w         -      w     s        -',
  roleless: '      -    -       -       w         -      w     s        -',
  orphan: '        -    -       -       w         -      w     s        -',
  unknowns: '      -    -       -       w         -      w     s        -',
  controls: '      -    -       -       w         -      w     s        -',
  heads: '         -    -       -       -         -      w     s        -',
  openPool: '      -    w       -       w         w      w     s        -',
  bare: '          -    -       -       -         -      -     -        -',
};
/** The responsible users who may hand a chat over, beside the CRM and heads. A user who could only take it may not. */
const OWNERS: Readonly<Record<string, string>> = { owned: 'own', ownedElsewhere: 'dealer' };

type User = (typeof USERS)[number];

function sightOf(user: User | 'crm', chat: string): 'w' | 's' | '-' {
  if (user === 'crm') return 'w';
  return SIGHT[chat]!.trim().split(/\s+/)[USERS.indexOf(user)] as 'w' | 's' | '-';
}

/** A caller: a key, and the user that it acts as. */
interface Caller {
  readonly key?: (company: Company) => string;
  readonly user?: string;
}

const ours = ({ world }: Company) => world.account.apiKey;
const theirs = ({ other }: Company) => other.account.apiKey;

const STRANGERS: Readonly<Record<string, Caller & { readonly error: string }>> = {
  'no key': { error: 'UNAUTHORIZED' },
  'a wrong key': { key: () => 'f'.repeat(64), error: 'UNAUTHORIZED' },
  'a wrong key as a head': { key: () => 'f'.repeat(64), user: 'head', error: 'UNAUTHORIZED' },
  'the operator key': { key: () => OPERATOR_KEY, error: 'UNAUTHORIZED' },
  'the operator key as a head': { key: () => OPERATOR_KEY, user: 'head', error: 'UNAUTHORIZED' },
  'an unknown user': { key: ours, user: 'ghost', error: 'UNKNOWN_USER' },
  'a user who was deleted': { key: ours, user: 'deleted', error: 'UNKNOWN_USER' },
  'a user without an id': { key: ours, user: '', error: 'UNKNOWN_USER' },
  'our user with another account’s key': { key: theirs, user: 'own', error: 'UNKNOWN_USER' },
};
/** Callers of the other account. Its head sees every chat of that account. */
const OTHERS: Readonly<Record<string, Caller>> = {
  'another account': { key: theirs },
  'another account’s head': { key: theirs, user: 'head' },
};

async function ask(
  company: Company,
  { key, user }: Caller,
  [method, template]: readonly [string, string],
  { values = {}, body, query = '' }: { values?: Readonly<Record<string, string>>; body?: unknown; query?: string } = {},
): Promise<Answer> {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? 'own'));
  return company.world.call(method, path + query, {
    key: key?.(company),
    headers: user === undefined ? {} : { 'konvert-user': user },
    body,
  });
}

function namesOf(kind: Row['for']): [string, readonly [string, string], Row][] {
  return Object.entries(ROWS)
    .filter(([, row]) => row.for === kind)
    .map(([name, row]) => [name, name.split(' ') as [string, string], row]);
}

function bodyOf(row: Row): Readonly<Record<string, unknown>> {
  return row.for === 'crm' || !('body' in row) ? {} : (row.body ?? {});
}

const ofPath = ({ channelId, chatId }: MarkedChat) => ({ channelId, chatType: 'telegram', chatId });
const as = (user: User | 'crm'): Caller => ({ key: ours, ...(user !== 'crm' && { user }) });

/** The refusal of a route. `POST /v3/iframe` has its code in an object, but for a wrong key. */
function refusalOf(name: string, error: 'UNAUTHORIZED' | 'FORBIDDEN') {
  if (error === 'UNAUTHORIZED') return { status: 401, body: { error } };
  return { status: 403, body: { error: name === 'POST /v3/iframe' ? { code: error } : error } };
}

/** Everything in an answer, also what cursors, tokens and ids hold as base64. */
function contentOf({ text, headers }: Answer): string {
  const plain = text + JSON.stringify(headers);
  const decoded = (plain.match(/[\w-]{16,}/g) ?? []).map((word) => Buffer.from(word, 'base64url').toString());
  return [plain, ...decoded].join('\n');
}

/** I6: checks that the answer holds nothing of a chat that the user does not see, or of the other account. */
function expectNoLeak(company: Company, user: User | 'crm', answer: Answer, what: string): void {
  const hidden = Object.entries(company.chats).filter(([name]) => sightOf(user, name) === '-');
  const marks = [...hidden.flatMap(([, { marks }]) => marks), ...company.other.marks];
  expectNone(answer, marks, `${what} as ${user}`);
}

/** Checks that the answer holds nothing of the company, except what the caller sent. */
function expectNothingOfOurs({ chats, marks }: Company, answer: Answer, what: string, said?: unknown): void {
  // Both accounts have a contact with this person.
  const ours = [...Object.values(chats).flatMap(({ marks }) => marks), ...marks].filter((mark) => mark !== '730001');
  const words = JSON.stringify(said) ?? '';
  expectNone(
    answer,
    ours.filter((mark) => !words.includes(mark)),
    what,
  );
}

function expectNone(answer: Answer, marks: readonly string[], what: string): void {
  const content = contentOf(answer);
  const found = marks.filter((mark) => content.includes(mark));
  expect({ what, found }).toEqual({ what, found: [] });
}

/** Everything that the company's CRM can read. */
async function stateOf(company: Company): Promise<string> {
  const answers = await Promise.all(
    ['/v3/users', '/v3/contacts', '/v3/deals', '/v3/pipelines', '/v3/channels', '/v1/settings', '/v1/deliveries'].map(
      (path) => ask(company, as('crm'), ['GET', path]),
    ),
  );
  const chats = await ask(company, as('crm'), ['GET', '/v1/chats']);
  return [...answers, chats].map(({ text }) => text).join('\n');
}

function told({ chats, keyId, deliveryId, world }: Company): Told {
  return { chats, keyId, deliveryId, channelId: world.channel.channelId };
}

let shared: Company;

beforeAll(async () => {
  shared = await openCompany();
});

afterAll(() => shared.world.stop());

/** Runs a test that changes state, on a company of its own. */
async function changing(run: (company: Company) => Promise<void>): Promise<void> {
  const company = await openCompany();
  try {
    await run(company);
  } finally {
    await company.world.stop();
  }
}

test('R1 every route has a row', () => {
  expect(Object.keys(ROWS).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

describe('open to everybody:', () => {
  test.each(namesOf('everybody'))('%s', async (name, route, row) => {
    if (row.for !== 'everybody') return;
    for (const caller of Object.values({ ...STRANGERS, ...OTHERS, crm: as('crm') })) {
      const answer = await ask(shared, caller, route, { values: row.with ?? {} });

      expect(answer.status).toBe(row.own ?? 200);
      expectNothingOfOurs(shared, answer, name);
      expectNone(answer, shared.other.marks, name);
    }
  });
});

describe('open to the operator only:', () => {
  test.each(namesOf('operator'))('%s', async (_, route, row) => {
    if (row.for !== 'operator') return;
    const { accountId } = shared.world.account;
    const options = { body: bodyOf(row), values: { accountId } };

    for (const caller of [{}, { key: ours }, { key: theirs }, { key: ours, user: 'head' }, { key: () => 'wrong' }]) {
      expect(await ask(shared, caller, route, options)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    }
    expect(await ask(shared, { key: () => OPERATOR_KEY }, route, options)).toMatchObject({ status: row.own });
  });
});

describe('open to whoever knows the address:', () => {
  test.each(namesOf('who knows it'))('%s', async (name, route) => {
    const { world } = shared;
    const { accountId: account } = world.account;
    const file = newFileId();
    const key = fileKey({ direction: 'in', account, at: 0, file, name: 'a.png' });
    const facts = await world.blobs.put(key, [Buffer.from('a')] as never, { type: '', disposition: '', maxBytes: 1 });
    const place = { account, chat: 'c', fact: 'k', part: 0 };
    await createFiles(world.deps).putStored({ file, name: 'a.png', ...place }, { ...facts, key });

    for (const caller of Object.values({ ...STRANGERS, ...OTHERS, crm: as('crm') })) {
      expect((await ask(shared, caller, route, { values: { file } })).status).toBe(200);
      const unknown = await ask(shared, caller, route, { values: { file: newFileId() } });
      expect(unknown.status).toBe(404);
      expectNothingOfOurs(shared, unknown, name);
    }
  });
});

describe('open to everybody of an account:', () => {
  test.each(namesOf('everybody of an account'))('%s', async (name, route, row) => {
    if (row.for !== 'everybody of an account') return;
    const options = { ...(row.body && { body: row.body }) };

    for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
      const answer = await ask(shared, caller, route, options);
      expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
    }
    for (const caller of [...USERS.map(as), as('crm'), ...Object.values(OTHERS)]) {
      const answer = await ask(shared, caller, route, options);
      const isRefused = row.not?.some((one) => one === (caller.user ?? 'crm'));
      expect([caller.user, answer.status]).toEqual([caller.user, isRefused ? 403 : row.own]);
      expectNothingOfOurs(shared, answer, name, row.body);
    }
  });
});

describe('open to whoever may write in the chat of a reply that failed:', () => {
  test.each(namesOf('who sends again'))('%s', async (name, route) => {
    await changing(async (company) => {
      const { world, chats } = company;
      for (const [chat, { channelId, chatId }] of Object.entries(chats)) {
        // The slots of the channel rest for a moment after each message.
        await world.pass(10_000);
        world.bot.answerNext('sendMessage', REFUSED);
        await world.reply(Number(chatId), { channelId, clearUnanswered: false, text: `Failed in ${chat}` });
        await world.drain();
        const target = `${channelId}#telegram#${chatId}`;
        const { deliveryId = '' } = (await world.deliveries(`target=${encodeURIComponent(target)}`))[0] ?? {};
        const values = { deliveryId };

        for (const { error, ...caller } of Object.values(STRANGERS)) {
          expect(await ask(company, caller, route, { values })).toMatchObject({ status: 401, body: { error } });
        }
        for (const caller of Object.values(OTHERS)) {
          const answer = await ask(company, caller, route, { values });
          expect(answer).toMatchObject({ status: 404, body: { error: 'DELIVERY_NOT_FOUND' } });
        }
        for (const user of [...USERS.filter((one) => sightOf(one, chat) !== 'w'), 'crm' as const]) {
          const answer = await ask(company, as(user), route, { values });
          const status = { w: 202, s: 403, '-': 404 }[sightOf(user, chat)];
          expect([chat, user, answer.status]).toEqual([chat, user, status]);
          if (status !== 202) expectNoLeak(company, user, answer, name);
        }
        for (const user of USERS.filter((one) => sightOf(one, chat) === 'w')) {
          // It waits by now. Who may not write cannot tell that.
          expect((await ask(company, as(user), route, { values })).status).toBe(202);
        }
        await world.drain();
        expect((await ask(company, as('crm'), route, { values })).status).toBe(404);
      }
    });
  });

  test('a user sends again what failed in their chat, and no event', async () => {
    await changing(async (company) => {
      const { world, chats } = company;
      const { channelId, chatId } = chats.pool as MarkedChat;
      world.bot.answerNext('sendMessage', REFUSED);
      await world.reply(Number(chatId), { channelId });
      await world.drain();
      const path = `${chats.pool?.path}/messages`;
      const { messages } = (await ask(company, as('head'), ['GET', path])).body as { messages: object[] };
      const { deliveryId } = messages.at(-1) as { deliveryId: string };
      const calls = world.bot.calls.length;

      const route = ['POST', '/v1/deliveries/{deliveryId}/retry'] as const;
      expect((await ask(company, as('head'), route, { values: { deliveryId } })).status).toBe(202);
      await world.drain();

      expect(world.bot.calls).toHaveLength(calls + 1);
      const event = Buffer.from(JSON.stringify([`event#${world.account.accountId}`, '1'])).toString('base64url');
      expect((await ask(company, as('head'), route, { values: { deliveryId: event } })).status).toBe(404);
    });
  });
});

describe('open to whoever has a link:', () => {
  test.each(namesOf('who has a link'))('%s', async (name, route) => {
    for (const caller of Object.values({ ...STRANGERS, ...OTHERS, crm: as('crm') })) {
      const answer = await ask(shared, caller, route, { body: { link: 'k'.repeat(43) } });
      expect(answer).toMatchObject({ status: 410, body: { error: 'LINK_USED' } });
      expectNothingOfOurs(shared, answer, name);
    }
  });
});

describe('open to whoever has a device, on the page itself:', () => {
  test.each(namesOf('who has a device'))('%s', async (name, [method, path]) => {
    for (const { key } of Object.values({ ...STRANGERS, ...OTHERS, crm: as('crm') })) {
      const call = (headers: Record<string, string>) =>
        shared.world.call(method, path, { key: key?.(shared), headers });
      const answers = [await call({}), await call({ origin: 'https://konvert.example' })];
      expect(answers).toMatchObject([{ status: 403, body: { error: 'FORBIDDEN' } }, { status: 401 }]);
      for (const answer of answers) expectNothingOfOurs(shared, answer, name);
    }
  });
});

describe('open to a page for itself:', () => {
  test.each(namesOf('own page'))('%s', async (name, route) => {
    for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
      const answer = await ask(shared, caller, route);
      expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
    }
    for (const caller of [...USERS.map(as), as('crm'), ...Object.values(OTHERS)]) {
      const answer = await ask(shared, caller, route);
      expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expectNothingOfOurs(shared, answer, name);
    }
  });
});

describe('open to a user for themselves, and to the CRM:', () => {
  test.each(namesOf('oneself'))('%s', async (name, route) => {
    const link = (caller: Caller, body: unknown) => ask(shared, caller, route, { body });

    for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
      const answer = await link(caller, { userId: 'own' });
      expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
    }
    for (const user of USERS) {
      expect(await link(as(user), { userId: user })).toMatchObject({ status: 201 });
      expect(await link(as(user), { userId: 'deleted' })).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expect(await link(as(user), { settings: true })).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
      expect(await link(as('crm'), { userId: user })).toMatchObject({ status: 201 });
    }
    expect(await link(as('crm'), { settings: true })).toMatchObject({ status: 201 });
    const unknown = await link({ key: theirs }, { userId: 'own' });
    expect(unknown).toMatchObject({ status: 400, body: { error: 'INVALID_USER' } });
    expectNothingOfOurs(shared, unknown, name);
  });
});

describe('open to whoever looks:', () => {
  test.each(namesOf('who looks'))('%s', async (name, route) => {
    for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
      const answer = await ask(shared, caller, route);
      expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
    }
    for (const user of [...USERS, 'crm'] as const) {
      const answer = await ask(shared, as(user), route);
      expect(answer).toMatchObject({ status: 200, body: { user: user === 'crm' ? null : { id: user } } });
      expectNone(answer, shared.other.marks, `${name} as ${user}`);
      for (const { marks } of Object.values(shared.chats)) expectNone(answer, marks, `${name} as ${user}`);
    }
    for (const caller of Object.values(OTHERS)) {
      const answer = await ask(shared, caller, route);
      expect(answer.status).toBe(200);
      expectNothingOfOurs(shared, answer, name);
    }
  });
});

describe('open to whoever is of the team:', () => {
  const idsIn = ({ body }: Answer) => (body as { users: { userId: string }[] }).users.map(({ userId }) => userId);

  test.each(namesOf('who is of the team'))('%s', async (name, route) => {
    for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
      const answer = await ask(shared, caller, route);
      expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
    }
    for (const caller of Object.values(OTHERS)) expectNothingOfOurs(shared, await ask(shared, caller, route), name);
    for (const user of USERS.filter((one) => one !== 'head')) {
      const answer = await ask(shared, as(user), route);
      expect(idsIn(answer)).toEqual([user]);
      expectNoLeak(shared, user, answer, name);
    }
    expect(idsIn(await ask(shared, as('head'), route))).not.toContain('norole');
    expect(idsIn(await ask(shared, as('crm'), route))).toEqual(expect.arrayContaining(['norole', 'head', 'own']));
  });
});

describe('open to the user, heads of their channels and the CRM:', () => {
  test.each(namesOf('who speaks of'))('%s', async (name, route, row) =>
    changing(async (company) => {
      if (row.for !== 'who speaks of') return;
      for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
        const answer = await ask(company, caller, route, { body: row.body });
        expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
      }
      for (const caller of Object.values(OTHERS)) {
        const answer = await ask(company, caller, route, { body: row.body });
        expect(answer.status).toBe(caller.user === undefined ? 404 : 403);
        expectNothingOfOurs(company, answer, name, row.body);
      }
      for (const user of [...USERS, 'crm' as const]) {
        const answer = await ask(company, as(user), route, { body: row.body });
        const isAllowed = ['own', 'head', 'crm'].includes(user) && user !== row.not;
        expect([user, answer.status]).toEqual([user, isAllowed ? 200 : 403]);
        expectNoLeak(company, user, answer, name);
      }
    }),
  );
});

describe('open to messengers only:', () => {
  test.each(namesOf('messengers'))('%s', async (_, route) => {
    const { world, other } = shared;
    const values = { transport: 'telegram', channelId: world.channel.channelId };
    const before = await stateOf(shared);

    for (const caller of Object.values({ ...STRANGERS, ...OTHERS, crm: as('crm') })) {
      // Telegram asks nothing at its address, so there is no such route for it.
      const refused = route[0] === 'GET' ? 404 : 401;
      expect((await ask(shared, caller, route, { values, body: {} })).status).toBe(refused);
    }
    expect((await world.webhook({ update_id: 1 }, { secret: other.channel.secret })).status).toBe(401);
    expect(await stateOf(shared)).toBe(before);
    expect((await world.webhook({ update_id: 1 })).status).toBe(200);
  });
});

describe('routes of the CRM', () => {
  test.each(namesOf('crm'))('are closed to everybody else: %s', async (name, route, row) => {
    if (row.for !== 'crm') return;
    const { body, own, other } = row;
    const options = { values: row.with?.(told(shared)) ?? {}, body };
    const before = await stateOf(shared);

    for (const [who, caller] of Object.entries(STRANGERS)) {
      const answer = await ask(shared, caller, route, options);
      // A user may not call these routes, whether or not that user exists.
      const error = caller.error === 'UNAUTHORIZED' ? 'UNAUTHORIZED' : 'FORBIDDEN';
      const refused = refusalOf(name, error);
      const isOperator = row.operator && caller.key?.(shared) === OPERATOR_KEY;
      expect({ who, ...answer }).toMatchObject({ who, ...(isOperator ? { status: own } : refused) });
      expectNothingOfOurs(shared, answer, name, body);
    }
    for (const user of USERS) {
      const answer = await ask(shared, as(user), route, options);
      expect({ user, ...answer }).toMatchObject({ user, ...refusalOf(name, 'FORBIDDEN') });
      expectNothingOfOurs(shared, answer, name, body);
    }
    for (const { user, ...caller } of Object.values(OTHERS)) {
      const answer = await ask(shared, { ...caller, ...(user !== undefined && { user }) }, route, options);
      expect(answer.status).toBe(user === undefined ? other : 403);
      expectNothingOfOurs(shared, answer, name, body);
    }
    expect(await stateOf(shared)).toBe(before);
  });

  test('are open to it, and hold nothing of another account', () =>
    changing(async (company) => {
      for (const [name, route, row] of namesOf('crm')) {
        if (row.for !== 'crm') continue;
        const { body, own } = row;
        const answer = await ask(company, as('crm'), route, { values: row.with?.(told(company)) ?? {}, body });
        expect({ name, ...answer }).toMatchObject({ name, status: own });
        expectNoLeak(company, 'crm', answer, name);
      }
    }));
});

describe('routes of chats', () => {
  const kinds = [
    'list',
    'counter',
    'notices',
    'who asks',
    'who sees',
    'who drafts',
    'who writes',
    'who hands over',
    'who replies',
  ] as const;
  const ofChats = kinds.flatMap(namesOf);

  test.each(ofChats)('are closed to strangers and other accounts: %s', async (name, route, row) => {
    const before = await stateOf(shared);

    for (const chat of Object.values(shared.chats)) {
      const body = { userId: 'head', ...bodyOf(row), ...ofPath(chat) };
      const options = { values: ofPath(chat), ...(route[0] !== 'GET' && { body }) };
      for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
        const answer = await ask(shared, caller, route, options);
        expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
        expectNothingOfOurs(shared, answer, name, body);
      }
      for (const caller of Object.values(OTHERS)) {
        const answer = await ask(shared, caller, route, options);
        expect([answer.status, (answer.body as { error?: string }).error]).toEqual(forOthers(row, caller));
        expectNothingOfOurs(shared, answer, name, body);
      }
    }
    expect(await stateOf(shared)).toBe(before);
  });

  function forOthers({ for: kind }: Row, { user }: Caller): [number, string | undefined] {
    if (kind === 'list') return [200, undefined];
    if (kind === 'notices') return user === undefined ? [403, 'FORBIDDEN'] : [200, undefined];
    if ((kind === 'who drafts' || kind === 'who asks') && user === undefined) return [403, 'FORBIDDEN'];
    if (kind === 'counter') return user === undefined ? [404, 'USER_NOT_FOUND'] : [403, 'FORBIDDEN'];
    return kind === 'who replies' ? [400, 'CHANNEL_NOT_FOUND'] : [404, 'CHAT_NOT_FOUND'];
  }

  describe.each([...USERS, 'crm'] as const)('as %s', (user) => {
    const visible = Object.keys(SIGHT).filter((chat) => sightOf(user, chat) !== '-');
    const writable = visible.filter((chat) => sightOf(user, chat) === 'w');

    test.each(namesOf('who sees'))('%s shows the chats that the user sees, and no other', async (name, route) => {
      for (const [chat, marked] of Object.entries(shared.chats)) {
        const answer = await ask(shared, as(user), route, { values: ofPath(marked) });

        const expected = visible.includes(chat) ? [200, undefined] : [404, 'CHAT_NOT_FOUND'];
        expect([chat, answer.status, (answer.body as { error?: string }).error]).toEqual([chat, ...expected]);
        expectNoLeak(shared, user, answer, name);
      }
    });

    test.each(namesOf('who sees'))(
      '%s answers the same for a hidden chat as for one that does not exist',
      async (_, route) => {
        const nobody = await ask(shared, as(user), route, { values: { ...ofPath(shared.chats.pool!), chatId: '1' } });

        for (const chat of Object.keys(SIGHT).filter((name) => !visible.includes(name))) {
          const { status, text } = await ask(shared, as(user), route, { values: ofPath(shared.chats[chat]!) });
          expect({ status, text }).toEqual({ status: nobody.status, text: nobody.text });
        }
      },
    );

    test.each(namesOf('who asks'))(
      '%s is open to users in the chats in which they may write, if the client has a contact',
      (name, route) =>
        changing(async (company) => {
          for (const [chat, marked] of Object.entries(company.chats)) {
            const answer = await ask(company, as(user), route, { values: ofPath(marked) });

            const hasContact = !['pool', 'openPool'].includes(chat);
            const asked = user === 'crm' ? [403, 'FORBIDDEN'] : hasContact ? [202, undefined] : [409, 'NO_CONTACT'];
            const expected = user === 'crm' || writable.includes(chat) ? asked : outcomes({ chat, allowed: false });
            expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...expected]);
            expectNoLeak(company, user, answer, name);
          }
        }),
    );

    test.each(namesOf('who drafts'))(
      '%s is open in the chats that the user sees, and in no other; the CRM has no drafts',
      async (name, route, row) => {
        for (const [chat, marked] of Object.entries(shared.chats)) {
          const options = { values: ofPath(marked), ...(route[0] === 'PUT' && { body: bodyOf(row) }) };
          const answer = await ask(shared, as(user), route, options);

          const seen = visible.includes(chat) ? [200, undefined] : [404, 'CHAT_NOT_FOUND'];
          expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...(user === 'crm' ? [403, 'FORBIDDEN'] : seen)]);
          expectNoLeak(shared, user, answer, name);
        }
      },
    );

    test.each(namesOf('list'))('%s shows what the user may see, in pages of any length', async (name, route) => {
      for (const view of ['all', 'unanswered']) {
        for (const limit of [1, 2, 3, 100]) {
          const found: string[] = [];
          let cursor: string | undefined = '';
          for (let pages = 0; cursor !== undefined && pages < 30; pages += 1) {
            const query = `?view=${view}&limit=${limit}${cursor && `&cursor=${cursor}`}`;
            const answer = await ask(shared, as(user), route, { query });
            expect(answer.status).toBe(200);
            expectNoLeak(shared, user, answer, `${name}${query}`);
            const { chats, nextCursor } = answer.body as {
              chats: { channelId: string; chatId: string }[];
              nextCursor?: string;
            };
            found.push(...chats.map(({ channelId, chatId }) => `${channelId}/${chatId}`));
            cursor = nextCursor;
          }
          const expected = visible.map((chat) => `${shared.chats[chat]!.channelId}/${shared.chats[chat]!.chatId}`);
          expect(found.sort()).toEqual(expected.sort());
        }
      }
    });

    test.each(namesOf('notices'))(
      '%s names chats in which the user may write, and no other (I14)',
      async (name, route) => {
        const answer = await ask(shared, as(user), route);
        expect(answer.status).toBe(user === 'crm' ? 403 : 200);
        if (user === 'crm') return;
        expectNoLeak(shared, user, answer, name);
        const { clients, longest, leaving, late } = answer.body as {
          clients: number;
          longest?: { chatId: string };
          leaving: { chatId: string }[];
          late: { chatId: string }[];
        };
        const named = [...leaving, ...late, ...(longest ? [longest] : [])].map(({ chatId }) => chatId);
        const ofUser = writable.map((chat) => shared.chats[chat]!.chatId);
        expect(named.filter((chatId) => !ofUser.includes(chatId))).toEqual([]);
        expect(clients > 0).toBe(longest !== undefined);
      },
    );

    test.each(namesOf('counter'))('%s is open to the user themself and the CRM', async (_, route) => {
      for (const whose of USERS) {
        const answer = await ask(shared, as(user), route, { values: { id: whose } });
        if (user !== 'crm' && user !== whose) {
          expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
          continue;
        }
        // Each chat has one unanswered message.
        const counterV2 = Object.keys(SIGHT).filter((chat) => sightOf(whose, chat) !== '-').length;
        const type = counterV2 === 0 ? null : whose === 'control' ? 'grey' : 'red';
        expect({ whose, ...answer }).toMatchObject({ whose, status: 200, body: { counterV2, type } });
        if (user !== whose) continue;
        const { chats } = (await ask(shared, as(user), ['GET', '/v1/chats'])).body as { chats: { isOwn: boolean }[] };
        expect(chats.some(({ isOwn }) => isOwn)).toBe(type === 'red');
      }
      const unknown = await ask(shared, as(user), route, { values: { id: 'ghost' } });
      expect(unknown.status).toBe(user === 'crm' ? 404 : 403);
    });

    test.each(namesOf('who writes'))(
      '%s changes the chats in which the user may write, and no other',
      (name, route, row) =>
        changing(async (company) => {
          for (const [chat, marked] of Object.entries(company.chats)) {
            const body = bodyOf(row);
            const answer = await ask(company, as(user), route, { values: ofPath(marked), body });

            expect([chat, ...outcomeOf(answer)]).toEqual([
              chat,
              ...outcomes({ chat, allowed: writable.includes(chat) }),
            ]);
            expectNoLeak(company, user, answer, name);
          }
        }),
    );

    test.each(namesOf('who hands over'))('%s is open to the CRM, heads and the responsible user', (name, route) =>
      changing(async (company) => {
        for (const [chat, marked] of Object.entries(company.chats)) {
          const answer = await ask(company, as(user), route, { values: ofPath(marked), body: { userId: 'other' } });

          const allowed = user === 'crm' || (user === 'head' && visible.includes(chat)) || OWNERS[chat] === user;
          // Nobody has a role in the bare channel, so no user can be given a chat there.
          const expected = chat === 'bare' && allowed ? [400, 'UNKNOWN_USER'] : outcomes({ chat, allowed });
          expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...expected]);
          expectNoLeak(company, user, answer, name);
        }
      }),
    );

    test.each(namesOf('who replies'))(
      '%s writes in the chats in which the user may write, and no other',
      (name, route, row) =>
        changing(async (company) => {
          for (const [chat, marked] of Object.entries(company.chats)) {
            const body = { ...bodyOf(row), ...ofPath(marked) };
            const answer = await ask(company, as(user), route, { body });

            const expected = writable.includes(chat) ? [201, undefined] : [403, 'CHAT_NO_ACCESS'];
            expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...expected]);
            expectNoLeak(company, user, answer, name);
          }
        }),
    );

    function outcomes({ chat, allowed }: { chat: string; allowed: boolean }): [number, string | undefined] {
      if (allowed) return [200, undefined];
      return visible.includes(chat) ? [403, 'CHAT_NO_ACCESS'] : [404, 'CHAT_NOT_FOUND'];
    }
  });

  describe('changes of sent messages', () => {
    const rows = namesOf('who changes');

    /** The id of a message that the CRM sent in the chat. The chat stays unanswered. */
    async function sentIn({ world }: Company, { chatId, channelId }: MarkedChat): Promise<string> {
      const { body } = await world.reply(chatId, { channelId, text: 'An answer', clearUnanswered: false });
      await world.drain();
      // The bot has a pace.
      await world.pass(3_000);
      return (body as { messageId: string }).messageId;
    }

    test.each(rows)('are closed to strangers and other accounts: %s', (name, route, row) =>
      changing(async (company) => {
        const messageId = await sentIn(company, company.chats.owned!);
        const calls = company.world.bot.calls.length;
        const options = { values: { messageId }, body: bodyOf(row) };

        for (const [who, { error, ...caller }] of Object.entries(STRANGERS)) {
          const answer = await ask(company, caller, route, options);
          expect({ who, ...answer }).toMatchObject({ who, status: 401, body: { error } });
        }
        for (const caller of Object.values(OTHERS)) {
          const answer = await ask(company, caller, route, options);
          expect(outcomeOf(answer)).toEqual([400, 'MESSAGES_NOT_FOUND']);
          expectNothingOfOurs(company, answer, name, options);
        }
        expect(company.world.bot.calls.length).toBe(calls);
      }),
    );

    test.each([...USERS, 'crm'] as const)('are open to %s in the chats in which they may write', (user) =>
      changing(async (company) => {
        for (const [name, route, row] of rows) {
          for (const [chat, marked] of Object.entries(company.chats)) {
            const messageId = await sentIn(company, marked);
            const answer = await ask(company, as(user), route, { values: { messageId }, body: bodyOf(row) });

            const expected = sightOf(user, chat) === 'w' ? [200, undefined] : [403, 'CHAT_NO_ACCESS'];
            expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...expected]);
            expectNoLeak(company, user, answer, name);
          }
        }
      }),
    );

    test('with a crmUserId obey that user’s role if the channel has roles (R4)', () =>
      changing(async (company) => {
        const route = ['PATCH', '/v3/message/{messageId}'] as const;
        for (const crmUserId of [...USERS, 'ghost']) {
          const messageId = await sentIn(company, company.chats.owned!);
          const body = { text: `As ${crmUserId}`, crmUserId };
          const answer = await ask(company, as('crm'), route, { values: { messageId }, body });

          const known = USERS.find((one) => one === crmUserId);
          const may = known === undefined || sightOf(known, 'owned') === 'w';
          expect([crmUserId, ...outcomeOf(answer)]).toEqual([
            crmUserId,
            ...(may ? [200, undefined] : [403, 'CHAT_NO_ACCESS']),
          ]);
        }
      }));
  });

  describe('POST /v3/message', () => {
    const route = ['POST', '/v3/message'] as const;

    test.each([...USERS, 'ghost', 'deleted'])(
      'with the crmUserId of %s obeys that user’s role if the channel has roles (R4)',
      (crmUserId) =>
        changing(async (company) => {
          for (const [chat, marked] of Object.entries(company.chats)) {
            const body = { text: 'An answer', crmUserId, ...ofPath(marked) };
            const answer = await ask(company, as('crm'), route, { body });

            const known = USERS.find((one) => one === crmUserId);
            const may = chat === 'bare' || known === undefined || sightOf(known, chat) === 'w';
            expect([chat, ...outcomeOf(answer)]).toEqual([chat, ...(may ? [201, undefined] : [403, 'CHAT_NO_ACCESS'])]);
            if (chat !== 'bare')
              expectNone(
                answer,
                marked.marks.filter((mark) => mark !== marked.chatId),
                chat,
              );
          }
        }),
    );

    test.each([
      ['head', 'head', 201, undefined],
      ['head', 'own', 400, 'INVALID_MESSAGE_DATA'],
      ['own', 'head', 400, 'INVALID_MESSAGE_DATA'],
    ])('with %s in the header and %s as the crmUserId is a %i', (user, crmUserId, ...expected) =>
      changing(async (company) => {
        const body = { text: 'An answer', crmUserId, ...ofPath(company.chats.owned!) };

        expect(outcomeOf(await ask(company, { key: ours, user }, route, { body }))).toEqual(expected);
      }),
    );
  });
});

function outcomeOf({ status, body }: Answer): [number, string | undefined] {
  return [status, (body as { error?: string }).error];
}
