import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { type Desk, deskOf } from '#test/functions/company';
import { eventBy } from '#test/hostile/events';
import type { Entrance } from '#test/hostile/requests';
import { createWorld, type World } from '#test/world';

// What clients that were written for Wazzup send and read, one row for each. The sections are those of
// `wazzup-api-v3.md`, a collection of public facts about Wazzup and its clients.

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
