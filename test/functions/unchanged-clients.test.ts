import { deflateSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Route, routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { type Desk, deskOf } from '#test/functions/company';
import { eventBy } from '#test/hostile/events';
import type { Entrance } from '#test/hostile/requests';
import { createWorld, textUpdate, type World } from '#test/world';

// What clients that were written for Wazzup send and read, one row for each. The sections are those of
// `wazzup-api-v3.md`, a collection of public facts about Wazzup and its clients.

const CHAT = 501;
const BOM = Buffer.from('efbbbf', 'hex');
const ENTRANCES: readonly Entrance[] = ['local', 'http', 'rest'];

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  return () => world.stop();
});

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly by?: Entrance;
}

/** Sends a request through the local gateway, or as one of AWS's gateways would hand it on. */
async function send({ method, target, headers = {}, body = '', by = 'local' }: Sent) {
  const all = { authorization: `Bearer ${world.account.apiKey}`, 'content-type': 'application/json', ...headers };
  const handlers = Object.fromEntries(
    Object.entries(world.app.routes).map(([name, handle]) => [
      name,
      (event: APIGatewayProxyEventV2) => handle(eventBy(by, event, Object.entries(all))),
    ]),
  );
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = await createGateway(routes, handlers)({ method, target, headers: all, body: bytes });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(String(answer.body)) };
}

const ask = async (target: string) => (await send({ method: 'GET', target })).body;
const card = { id: '1', responsibleUserId: '17', name: 'Anna' };
const message = (fields: object = {}) => ({
  channelId: world.channel.channelId,
  chatType: 'telegram',
  chatId: String(CHAT),
  text: 'hello',
  ...fields,
});
const write = (fields: object) => send({ method: 'POST', target: '/v3/message', body: message(fields) });

describe('what the reference calls required is there with its type, even if there is nothing to say (5 to 8)', () => {
  const ADDRESS = { chatType: 'string', chatId: 'string' };
  const CONTACT = { id: 'string', responsibleUserId: 'string', name: 'string', contactData: [ADDRESS] };
  const DEAL = {
    id: 'string',
    responsibleUserId: 'string',
    name: 'string',
    uri: 'string',
    contacts: ['string'],
    closed: 'boolean',
  };

  const PIPELINE = { id: 'string', name: 'string' };
  const CHANNEL = { channelId: 'string', transport: 'string', plainId: 'string', state: 'string', name: 'string' };

  test.each<[path: string, shape: unknown]>([
    ['/v3/users', [{ id: 'string', name: 'string' }]],
    ['/v3/users/17', { id: 'string', name: 'string' }],
    ['/v3/contacts', { count: 'number', data: [CONTACT] }],
    ['/v3/contacts/1', CONTACT],
    ['/v3/contacts/2', CONTACT],
    ['/v3/deals', { count: 'number', data: [DEAL] }],
    ['/v3/deals/1', DEAL],
    ['/v3/pipelines', [PIPELINE]],
    ['/v3/channels', [CHANNEL]],
    ['/v3/unanswered/17', { counterV2: 'number' }],
  ])('GET %s', async (path, shape) => {
    await desk.push('users', { id: '17', name: 'Boris' });
    await desk.push(
      'contacts',
      { ...card, contactData: [{ chatType: 'telegram', username: 'anna' }] },
      { ...card, id: '2', contactData: [{ chatType: 'max', phone: '79001112233' }] },
    );
    await desk.push('deals', { ...card, contacts: ['1'] }, { ...card, id: '2', contacts: [], uri: null });
    await desk.push('pipelines', { id: '1', name: 'Sales' });

    expectShape(await ask(path), shape, path);
  });

  test('POST /v3/message', async () => {
    expectShape((await write({})).body, { messageId: 'string', chatId: 'string' }, 'POST /v3/message');
  });

  // An empty text would be refused: pysdk checks an optional phone or username by its form.
  test('and what is optional is null or absent, never an empty text', async () => {
    await desk.push('users', { id: '17', name: 'Boris' });
    await desk.push('contacts', { ...card, contactData: [{ chatType: 'telegram', chatId: '5' }] });

    expect(await ask('/v3/users/17')).toEqual({ id: '17', name: 'Boris', phone: null });
    expect(await ask('/v3/contacts/1')).toEqual({
      ...card,
      contactData: [{ chatType: 'telegram', chatId: '5', username: null, phone: null }],
    });
    expect(await ask('/v3/unanswered/17')).toEqual({ counterV2: 0, type: null, lastMsgDateTime: null });
  });
});

/** Checks the types of the fields that `shape` names, in every element of an array. */
function expectShape(value: unknown, shape: unknown, where: string): void {
  if (typeof shape === 'string') expect([where, typeof value]).toEqual([where, shape]);
  else if (Array.isArray(shape)) {
    expect([where, Array.isArray(value)]).toEqual([where, true]);
    for (const [index, one] of (value as unknown[]).entries()) expectShape(one, shape[0], `${where}.${index}`);
  } else {
    for (const [name, inner] of Object.entries(shape as object)) {
      expectShape((value as Record<string, unknown>)[name], inner, `${where}.${name}`);
    }
  }
}

describe('an empty text for what may be left out is nothing', () => {
  test.each([
    ['refMessageId', ''],
    ['crmUserId', ''],
    ['crmMessageId', ''],
    ['contentUri', ''],
    ['templateId', ''],
    ['buttonsObject', ''],
    ['buttonsObject', []],
    ['buttonsObject', {}],
    ['buttonsObject', { replyMarkup: '', buttons: [] }],
    ['buttonsObject', [[]]],
  ])('POST /v3/message: %s %j', async (name, empty) => {
    for (const _ of [1, 2]) expect(await write({ [name]: empty })).toMatchObject({ status: 201 });
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages).toHaveLength(2);
    for (const one of messages) {
      expect(one).not.toHaveProperty('authorId');
      expect(one).not.toHaveProperty('quotedMessage');
    }
  });

  test('POST /v3/message: an empty text beside a file', async () => {
    // Nothing listens there, so the file alone is what is wrong.
    expect(await write({ text: '', contentUri: 'http://127.0.0.1:1/a.png' })).toMatchObject({
      status: 400,
      body: { error: 'MESSAGE_DOWNLOAD_CONTENT_ERROR', data: { fields: ['contentUri'] } },
    });
  });

  test.each<[kind: 'users' | 'contacts' | 'deals', entity: object, shown: object]>([
    ['users', { id: '1', name: 'Anna', phone: '' }, { phone: null }],
    ['contacts', { ...card, contactData: [], uri: '' }, card],
    [
      'contacts',
      { ...card, contactData: [{ chatType: 'telegram', chatId: '', username: 'anna', phone: '' }] },
      { contactData: [{ chatType: 'telegram', chatId: '', username: 'anna', phone: null }] },
    ],
    ['deals', { ...card, contacts: [], uri: '' }, { uri: '' }],
  ])('POST /v3/%s %j', async (kind, entity, shown) => {
    await desk.push(kind, entity);

    expect(await ask(`/v3/${kind}/1`)).toMatchObject(shown);
  });
});

test.each([undefined, null, false, true])('a deal with closed: %s is open unless it is closed', async (closed) => {
  await desk.push('deals', { ...card, contacts: [], ...(closed !== undefined && { closed }) });

  expect(await ask('/v3/deals/1')).toMatchObject({ closed: closed === true });
});

test.each(['closed', 'yes', 1, {}])('a deal with closed: %j is refused', async (closed) => {
  expect(await send({ method: 'POST', target: '/v3/deals', body: [{ ...card, contacts: [], closed }] })).toMatchObject({
    status: 400,
    body: { data: [{ index: 0, fields: ['closed'] }] },
  });
});

test.each(['limit=1', 'limit=20&sort=-name', 'limit=0', 'limit=', 'limit=x', 'limit=100&offset=0'])(
  'contacts and deals are paged by offset only: %s',
  async (query) => {
    const ids = Array.from({ length: 60 }, (_, id) => id);
    await desk.push('contacts', ...ids.map((id) => ({ ...card, id, contactData: [] })));
    await desk.push('deals', ...ids.map((id) => ({ ...card, id, contacts: [] })));

    for (const kind of ['contacts', 'deals']) {
      expect(await ask(`/v3/${kind}?${query}`)).toMatchObject({ count: 60, data: { length: 60 } });
    }
  },
);

describe('pages by offset', () => {
  beforeEach(() => desk.push('users', { id: '17', name: 'Anna' }, { id: '18', name: 'Boris' }));

  test.each<[query: string, names: string[]]>([
    ['', ['Anna', 'Boris']],
    ['offset=', ['Anna', 'Boris']],
    ['offset=0&limit=1', ['Anna', 'Boris']],
    ['offset=1', ['Boris']],
    ['offset=2', []],
  ])('GET /v3/users?%s', async (query, names) => {
    expect((await ask(`/v3/users?${query}`)).map(({ name }: { name: string }) => name)).toEqual(names);
  });

  test.each(['users', 'contacts', 'deals'])(
    'GET /v3/%s: an empty offset is none, and one that is no number is refused',
    async (kind) => {
      expect(await send({ method: 'GET', target: `/v3/${kind}?offset=` })).toMatchObject({ status: 200 });
      for (const offset of ['-1', 'x', '1.5', '1e3', '9999999999']) {
        expect(await send({ method: 'GET', target: `/v3/${kind}?offset=${offset}` })).toMatchObject({
          status: 400,
          body: { error: 'INVALID_REQUEST', data: { fields: ['offset'] } },
        });
      }
    },
  );
});

describe('R4 a crmUserId that no user has acts as the CRM itself', () => {
  const ROLES = { seller: 'seller', other: 'seller', head: 'manager', control: 'auditor' } as const;

  beforeEach(async () => {
    await desk.push('users', ...[...Object.keys(ROLES), 'gone', 'idle'].map((id) => ({ id, name: `Name of ${id}` })));
    await desk.give({ ...ROLES, gone: 'seller' });
    await desk.remove('users', 'gone');
    await world.say(CHAT, 'hello');
  });

  test.each(['nobody', 'gone', 0, 'x'.repeat(256), 'Анна', '__proto__'])('%j', async (crmUserId) => {
    const contactData = [{ chatType: 'telegram', chatId: CHAT }];
    await desk.push('contacts', { ...card, responsibleUserId: 'seller', contactData });

    expect(await write({ crmUserId })).toMatchObject({ status: 201 });
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.at(-1)).toMatchObject({ text: 'hello', authorId: String(crmUserId) });
    expect(messages.at(-1)?.authorName).toBeUndefined();
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, responsibleUserId: 'seller' });
  });

  test('makes nobody responsible, and loses to nobody (D4)', async () => {
    expect(await write({ crmUserId: 'nobody' })).toMatchObject({ status: 201 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: null });

    await write({ crmUserId: 'other' });
    expect(await write({ crmUserId: 'gone' })).toMatchObject({ status: 201 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: 'other' });
  });

  test('and a user who is there obeys the role, or the lack of one', async () => {
    for (const crmUserId of ['control', 'idle']) {
      expect(await write({ crmUserId })).toMatchObject({ status: 403, body: { error: 'CHAT_NO_ACCESS' } });
    }
  });

  test('and a deleted user who is pushed again has the role back', async () => {
    const contactData = [{ chatType: 'telegram', chatId: CHAT }];
    await desk.push('contacts', { ...card, responsibleUserId: 'seller', contactData });
    expect(await write({ crmUserId: 'gone' })).toMatchObject({ status: 201 });

    await desk.push('users', { id: 'gone', name: 'Back' });
    expect(await write({ crmUserId: 'gone' })).toMatchObject({ status: 403 });
  });
});

describe.each(ENTRANCES)('a body that came %s', (by) => {
  const users = [{ id: '17', name: 'Анна 👋' }];
  const plain = Buffer.from(JSON.stringify(users));
  const push = (body: Uint8Array, headers: Record<string, string> = {}) =>
    send({ method: 'POST', target: '/v3/users', by, body, headers });

  test.each<[what: string, body: Uint8Array, headers?: Record<string, string>]>([
    ['gzip', gzipSync(plain), { 'content-encoding': 'gzip' }],
    ['x-gzip', gzipSync(plain), { 'Content-Encoding': 'x-gzip' }],
    ['deflate', deflateSync(plain), { 'content-encoding': 'deflate, identity' }],
    ['plain, though a gateway left the header', plain, { 'content-encoding': 'gzip' }],
    ['with a byte order mark', Buffer.concat([BOM, plain])],
    ['with a byte order mark, in gzip', gzipSync(Buffer.concat([BOM, plain])), { 'content-encoding': 'gzip' }],
    ['without a Content-Type', plain, { 'content-type': '' }],
    ['as text/plain', plain, { 'content-type': 'text/plain; charset=utf-8' }],
  ])('is read: %s', async (_, body, headers) => {
    expect(await push(body, headers)).toMatchObject({ status: 200 });
    expect(await ask('/v3/users')).toEqual(users);
  });

  test.each<[what: string, body: Uint8Array, headers: Record<string, string>, status: number]>([
    ['an unknown coding', plain, { 'content-encoding': 'zstd' }, 415],
    ['a bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024, '[')), { 'content-encoding': 'gzip' }, 413],
    ['a damaged gzip', gzipSync(plain).subarray(0, -9), { 'content-encoding': 'gzip' }, 400],
    ['windows-1251', Buffer.from('5b22c0ed225d', 'hex'), { 'content-type': 'application/json; charset=cp1251' }, 415],
  ])('is refused: %s', async (_, body, headers, status) => {
    const answer = await push(body, headers);

    expect(answer).toMatchObject({ status, body: { error: expect.any(String), description: expect.any(String) } });
    expect(await push(body, { ...headers, authorization: 'Bearer none' })).toMatchObject({ status: 401 });
    expect(await ask('/v3/users')).toEqual([]);
  });
});

describe('a byte order mark and gzip are read by every route that takes a body', () => {
  const withBody = routes.filter(
    ({ method, path }) => method !== 'GET' && method !== 'DELETE' && !/retry|keys|webhooks\/secret/.test(path),
  );

  test.each(withBody.map((route: Route) => [route.method, route.path] as const))('%s %s', async (method, path) => {
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'channelId' ? world.channel.channelId : '501'));
    const body = Buffer.from('{"none": "of these fields"}');
    const secret = { 'x-telegram-bot-api-secret-token': world.channel.secret };
    const answerTo = (given: Uint8Array, encoding: Record<string, string> = {}) =>
      send({
        method,
        target: target.replace('/webhooks/501/', '/webhooks/telegram/'),
        headers: { ...secret, ...encoding },
        body: given,
      }).catch(
        // A webhook is answered with a text.
        (error) => String(error),
      );

    const plain = await answerTo(body);
    const same = (answer: unknown) =>
      expect(JSON.stringify(answer).replaceAll(/[0-9a-f]{32}/g, 'id')).toBe(
        JSON.stringify(plain).replaceAll(/[0-9a-f]{32}/g, 'id'),
      );
    same(await answerTo(Buffer.concat([BOM, body])));
    same(await answerTo(gzipSync(body), { 'content-encoding': 'gzip' }));
  });
});

describe('a webhook', () => {
  const update = () => Buffer.from(JSON.stringify(textUpdate(CHAT, 'hello', 7, world.clock.now())));
  const hook = (body: Uint8Array, encoding: string, secret = world.channel.secret) =>
    world.webhook(undefined, { body, base64: true, secret, headers: headersOf(encoding, secret) });
  const headersOf = (encoding: string, secret: string) => ({
    'content-encoding': encoding,
    'x-telegram-bot-api-secret-token': secret,
  });

  test('is read in gzip, though Telegram sends none', async () => {
    expect(await hook(gzipSync(update()), 'gzip')).toMatchObject({ status: 200 });
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ preview: 'hello', unanswered: true });
  });

  test.each<[what: string, body: () => Uint8Array, encoding: string, status: number]>([
    ['an unknown coding', update, 'zstd', 415],
    ['a damaged gzip', () => gzipSync(update()).subarray(0, -9), 'gzip', 400],
    ['more than Telegram ever sends', () => gzipSync(Buffer.alloc(1024 * 1024 + 1, ' ')), 'gzip', 413],
    ['a bomb', () => gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), 'gzip', 413],
  ])('is verified before %s is looked at', async (_, body, encoding, status) => {
    expect(await hook(body(), encoding, 'wrong')).toMatchObject({ status: 401 });
    expect(await hook(body(), encoding)).toMatchObject({ status });
    expect(world.db.items('messages')).toEqual([]);
  });
});

describe('no browser of another origin is let in (ADR 26)', () => {
  let answers: Awaited<ReturnType<typeof send>>[];

  test.each(['/v3/message', '/v1/chats', '/healthz', '/v3/contacts/1', '*'])('%s', async (target) => {
    const origin = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    answers = [];
    for (const method of ['OPTIONS', 'HEAD']) answers.push(await send({ method, target, headers: origin }));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    if (target !== '*') answers.push(await send({ method: 'GET', target: '/v3/users', headers: origin }));
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => /^access-control|^allow$/i.test(name))).toEqual([]);
    }
  });
});

describe('section 18: what existing clients send', () => {
  test.each<[what: string, sent: Sent, status: number, body?: unknown]>([
    ['a slash at the end', { method: 'GET', target: '/v3/contacts/' }, 200],
    ['a slash behind an id', { method: 'GET', target: '/v3/users/17/' }, 200],
    ['a slash behind webhooks', { method: 'GET', target: '/v3/webhooks/' }, 200],
    ['a body on GET', { method: 'GET', target: '/v3/users', body: '[]' }, 200],
    ['a body that is no JSON on GET', { method: 'GET', target: '/v3/users', body: 'x' }, 200],
    ['a body on DELETE', { method: 'DELETE', target: '/v3/users/17', body: '[]' }, 200, {}],
    [
      'a coding without a body',
      { method: 'GET', target: '/v3/users', headers: { 'content-encoding': 'compress' } },
      200,
    ],
    ['unknown parameters', { method: 'GET', target: '/v3/deals?limit=5&sort=name&x=1' }, 200, { count: 0, data: [] }],
    ['an encoded id', { method: 'GET', target: '/v3/users/%31%37' }, 200, { id: '17', name: 'Anna', phone: null }],
    [
      'ids as numbers, null and unknown fields',
      { method: 'POST', target: '/v3/users', body: [{ id: 18, name: 'Boris', phone: null, more: {} }] },
      200,
      {},
    ],
    ['ids of which none is known', { method: 'PATCH', target: '/v3/contacts/bulk_delete', body: [5] }, 200, ['5']],
  ])('%s', async (_, sent, status, body) => {
    await desk.push('users', { id: '17', name: 'Anna' });

    const answer = await send(sent);

    expect(answer.status).toBe(status);
    if (body !== undefined) expect(answer.body).toEqual(body);
  });
});
