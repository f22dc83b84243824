import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contactList } from '#api/contact-routes';
import { dealList } from '#api/deal-routes';
import { pipelineList } from '#api/pipeline-routes';
import { userList } from '#api/user-routes';
import { routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { type Answer, createWorld, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

/** After every test the log may hold no name and no phone. */
afterEach(async () => {
  await world.stop();
  expect(JSON.stringify(world.logs)).not.toMatch(/Anna|Boris|7900111/);
});

function call(method: string, path: string, body?: unknown, key = world.account.apiKey): Promise<Answer> {
  return world.call(method, path, { key, body });
}

/** Calls through the local gateway, with the path as a client writes it. */
async function request(method: string, target: string, body: unknown = '') {
  const gateway = createGateway(routes, world.app.routes);
  const headers = { authorization: `Bearer ${world.account.apiKey}` };
  const sent = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = await gateway({ method, target, headers, body: sent });
  return { status: answer.status, body: JSON.parse(answer.body.toString()) };
}

async function list(path: string): Promise<unknown> {
  const { status, body } = await call('GET', path);
  expect(status).toBe(200);
  return body;
}

const DIRECTORY_ROUTES = routes.filter((route) => route.function === 'sync-directory');

describe('C2 users', () => {
  const push = (...users: unknown[]) => call('POST', '/v3/users', users);
  const anna = { id: '1', name: 'Anna', phone: '79001112233' };
  const boris = { id: '2', name: 'Boris' };

  test('are pushed, and read in the order of their names', async () => {
    expect(await push(boris, anna)).toMatchObject({ status: 200, body: {} });

    const all = await list('/v3/users');
    expect(all).toEqual([
      { id: '1', name: 'Anna' },
      { id: '2', name: 'Boris' },
    ]);
    expect(userList.parse(all)).toEqual(all);
    expect(await list('/v3/users/1')).toEqual(anna);
    expect(await list('/v3/users/2')).toEqual({ ...boris, phone: null });
  });

  test('of the same name are read in the order of their ids', async () => {
    await push(
      { id: 'b', name: 'Anna' },
      { id: 'a', name: 'Anna' },
      { id: 'c', name: 'анна' },
      { id: 'd', name: 'Ян' },
    );

    expect(((await list('/v3/users')) as { id: string }[]).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are read in pages of 100 if an offset is given, as by an older client', async () => {
    const made = Array.from({ length: 150 }, (_, index) => ({ id: `${index}`, name: `User ${1000 + index}` }));
    await push(...made.slice(0, 100));
    await push(...made.slice(100));

    expect(await list('/v3/users')).toHaveLength(150);
    expect(await list('/v3/users?offset=0')).toHaveLength(100);
    expect(await list('/v3/users?offset=100&limit=100&sort=name')).toHaveLength(50);
    expect(await list('/v3/users?offset=200')).toEqual([]);
  });

  test('are replaced when pushed again', async () => {
    await push(anna);
    await push({ id: '1', name: 'Anna B.', phone: null, more: 'fields' });

    expect(await list('/v3/users/1')).toEqual({ id: '1', name: 'Anna B.', phone: null });
  });

  test.each<{ phone: unknown; kept: string | null }>([
    { phone: '+7 (900) 111-22-33', kept: '79001112233' },
    { phone: 79001112233, kept: '79001112233' },
    { phone: 'call me', kept: null },
    { phone: '12345', kept: null },
    { phone: '0123456789', kept: null },
    { phone: '1234567890123456', kept: null },
    { phone: '', kept: null },
    { phone: {}, kept: null },
    { phone: { toString: 1 }, kept: null },
    { phone: true, kept: null },
  ])('keep the phone $phone as $kept', async ({ phone, kept }) => {
    expect(await push({ ...anna, phone })).toMatchObject({ status: 200 });

    expect(await list('/v3/users/1')).toMatchObject({ phone: kept });
  });

  test.each([
    ['a/b', 'a%2Fb'],
    ['100%', '100%25'],
    ['%41', '%2541'],
    ['a#b?c&d', 'a%23b%3Fc%26d'],
    ['Анна 👋', '%D0%90%D0%BD%D0%BD%D0%B0%20%F0%9F%91%8B'],
    ['a+b c', 'a+b%20c'],
    ['__proto__', '__proto__'],
    ['bulk_delete', 'bulk_delete'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['я'.repeat(64), '%D1%8F'.repeat(64)],
    [1234567890, '1234567890'],
  ])('may have the id %s', async (id, encoded) => {
    expect(await push({ id, name: 'Anna' })).toMatchObject({ status: 200 });

    const user = { id: String(id), name: 'Anna', phone: null };
    expect(await request('GET', `/v3/users/${encoded}`)).toEqual({ status: 200, body: user });
    expect(await request('GET', `/v3/users/${encoded}/`, '[]')).toEqual({ status: 200, body: user });
    expect(await request('DELETE', `/v3/users/${encoded}`, '[]')).toEqual({ status: 200, body: {} });
    expect(await request('GET', `/v3/users/${encoded}`)).toMatchObject({ status: 404 });
  });

  test.each(['nobody', 'x'.repeat(65), 'x'.repeat(1500), 'x'.repeat(3000)])(
    'with an unknown id are a 404',
    async (id) => {
      await push(anna);

      for (const method of ['GET', 'DELETE']) {
        const answer = await call(method, `/v3/users/${id}`);
        expect(answer.status).toBe(404);
        expect(answer.body).toMatchObject({ error: expect.any(String), description: expect.any(String) });
      }
      expect(await list('/v3/users')).toHaveLength(1);
    },
  );

  test('can be deleted', async () => {
    await push(anna, boris);

    expect(await call('DELETE', '/v3/users/1')).toMatchObject({ status: 200, body: {} });

    expect(await list('/v3/users')).toEqual([boris]);
    expect(await call('DELETE', '/v3/users/1')).toMatchObject({ status: 404, body: { error: 'USER_NOT_FOUND' } });
  });

  test('can be deleted in bulk: the answer holds the unknown ids', async () => {
    await push(anna, boris);
    const long = 'x'.repeat(65);

    const answer = await call('PATCH', '/v3/users/bulk_delete', [1, 'nobody', long, '2', '']);

    expect(answer).toMatchObject({ status: 200, body: ['nobody', long, ''] });
    expect(await list('/v3/users')).toEqual([]);
  });

  test('can be deleted by more than 100 at once: the answer is empty if all were known', async () => {
    const made = Array.from({ length: 150 }, (_, index) => ({ id: `${index}`, name: 'User' }));
    await push(...made.slice(0, 100));
    await push(...made.slice(100));

    expect(await call('PATCH', '/v3/users/bulk_delete', [])).toMatchObject({ status: 200, body: [] });
    const answer = await call(
      'PATCH',
      '/v3/users/bulk_delete',
      made.map(({ id }) => id),
    );

    expect([answer.status, answer.body]).toEqual([200, []]);
    expect(await list('/v3/users')).toEqual([]);
  });

  const INVALID = {
    error: 'INVALID_USERS_DATA',
    description: 'One or more of provided users identifiers are not valid.',
  };

  describe('are refused, and nothing is stored:', () => {
    test.each<{ name: string; body: unknown; data: unknown }>([
      { name: 'no body', body: '', data: [] },
      { name: 'an empty array', body: [], data: [] },
      { name: 'an object instead of an array', body: anna, data: [] },
      { name: 'null', body: 'null', data: [] },
      { name: 'no id', body: [anna, { name: 'B' }], data: [{ index: 1, fields: ['id'] }] },
      { name: 'an empty id', body: [{ id: '', name: 'B' }], data: [{ index: 0, fields: ['id'] }] },
      {
        name: 'an id that JSON rounds',
        body: '[{"id":9007199254740993,"name":"B"}]',
        data: [{ index: 0, fields: ['id'] }],
      },
      { name: 'a fraction for an id', body: [{ id: 1.5, name: 'B' }], data: [{ index: 0, fields: ['id'] }] },
      {
        name: 'an id of 65 characters',
        body: [{ id: 'x'.repeat(65), name: 'B' }],
        data: [{ index: 0, fields: ['id'] }],
      },
      { name: 'no name', body: [anna, boris, { id: 3 }], data: [{ index: 2, fields: ['name'] }] },
      { name: 'null for a name', body: [{ id: 3, name: null }], data: [{ index: 0, fields: ['name'] }] },
      { name: 'a long name', body: [{ id: 3, name: 'x'.repeat(151) }], data: [{ index: 0, fields: ['name'] }] },
      { name: 'a number for a name', body: [{ id: 3, name: 5 }], data: [{ index: 0, fields: ['name'] }] },
      {
        name: 'neither id nor name',
        body: [{}, anna, {}],
        data: [0, 2].map((index) => ({ index, fields: ['id', 'name'] })),
      },
      {
        name: 'entries that are no objects',
        body: ['1', null, 7],
        data: [0, 1, 2].map((index) => ({ index, fields: ['id'] })),
      },
      { name: 'an id twice', body: [anna, boris, { id: 1, name: 'C' }], data: [{ index: 2, fields: ['id'] }] },
    ])('$name', async ({ body, data }) => {
      const before = world.db.items('directory');

      const answer = await call('POST', '/v3/users', body);

      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ ...INVALID, data });
      expect(world.db.items('directory')).toEqual(before);
    });

    test('a body that is no JSON', async () => {
      expect(await call('POST', '/v3/users', '[')).toMatchObject({ status: 400, body: { error: 'INVALID_JSON' } });
    });

    test.each([
      { name: 'an object instead of an array', body: {}, data: [] },
      {
        name: 'entries that are no ids',
        body: ['1', {}, null],
        data: [1, 2].map((index) => ({ index, fields: ['id'] })),
      },
      { name: 'an id twice', body: ['1', 1], data: [{ index: 1, fields: ['id'] }] },
    ])('bulk_delete: $name', async ({ body, data }) => {
      await push(anna);

      expect(await call('PATCH', '/v3/users/bulk_delete', body)).toMatchObject({
        status: 400,
        body: { ...INVALID, data },
      });
      expect(await list('/v3/users')).toHaveLength(1);
    });

    test('more than 100 in a request', async () => {
      const made = Array.from({ length: 101 }, () => anna);

      const answer = await push(...made);

      expect([answer.status, answer.body]).toEqual([
        400,
        { error: 'TOO_MANY_ENTITIES', description: 'Too many entities per request.', data: { count: 101, limit: 100 } },
      ]);
    });

    test('more than 1000 in the account', async () => {
      const made = (first: number) =>
        Array.from({ length: 100 }, (_, index) => ({ id: first + index, name: `User ${first + index}` }));
      for (let first = 0; first < 1000; first += 100) expect(await push(...made(first))).toMatchObject({ status: 200 });

      expect(await push(...made(950))).toMatchObject({
        status: 400,
        body: { error: 'USER_LIMIT_EXCEEDED', description: 'User limit exceeded.', data: { limit: 1000 } },
      });
      expect(await push(...made(900))).toMatchObject({ status: 200 });
      expect(await list('/v3/users')).toHaveLength(1000);
    });

    test.each([
      { name: 'a phone of another user', users: [{ ...boris, phone: '+79001112233' }] },
      {
        name: 'a phone twice',
        users: [boris, { ...boris, phone: '7' }, anna].map((user, id) => ({ ...user, id, phone: anna.phone })),
      },
    ])('$name', async ({ users }) => {
      await push(anna);

      const answer = await push(...users);

      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        status: 400,
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        error: 'DUPLICATE_PHONE_NUMBER',
        description: 'User with phone number 79001112233 already exists in the CRM.',
        data: { phone: '79001112233' },
      });
      expect(await list('/v3/users')).toHaveLength(1);
    });

    test('but not a phone that changes hands in one push, or that a deleted user had', async () => {
      await push(anna);

      expect(await push({ id: '1', name: 'Anna' }, { ...boris, phone: anna.phone })).toMatchObject({ status: 200 });
      await call('DELETE', '/v3/users/2');
      expect(await push(anna)).toMatchObject({ status: 200 });
    });
  });

  test('are completed by the same push after a crash', async () => {
    await push(anna);
    world.failing = ({ kind, input }) => kind === 'BatchGetCommand' && 'accounts' in input.RequestItems;

    expect(await push(anna, boris)).toMatchObject({ status: 500 });
    world.failing = undefined;
    expect(await push(anna, boris)).toMatchObject({ status: 200 });
    expect(await list('/v3/users')).toHaveLength(2);
  });

  test('I6 belong to their account, and so do their phones', async () => {
    await push(anna);
    const { apiKey } = await world.addAccount();

    expect((await call('GET', '/v3/users', undefined, apiKey)).body).toEqual([]);
    expect(await call('GET', '/v3/users/1', undefined, apiKey)).toMatchObject({ status: 404 });
    expect(await call('DELETE', '/v3/users/1', undefined, apiKey)).toMatchObject({ status: 404 });
    expect(await call('POST', '/v3/users', [anna], apiKey)).toMatchObject({ status: 200 });
    expect((await call('PATCH', '/v3/users/bulk_delete', ['1', '2'], apiKey)).body).toEqual(['2']);
    expect(await list('/v3/users')).toHaveLength(1);
  });
});

describe('C2 pipelines', () => {
  const sales = {
    id: '1',
    name: 'Sales',
    stages: [
      { id: '10', name: 'New' },
      { id: '20', name: 'Won' },
    ],
  };
  const load = (...pipelines: unknown[]) => call('POST', '/v3/pipelines', pipelines);
  const replace = (...pipelines: unknown[]) => call('PUT', '/v1/pipelines', pipelines);

  test('are none before the first upload', async () => {
    expect(await list('/v3/pipelines')).toEqual([]);
  });

  test('are read in the order in which they were loaded, without stages if the CRM has none', async () => {
    const repairs = { id: 'a/b', name: 'Repairs' };
    expect(await load(repairs, sales)).toMatchObject({ status: 200, body: {} });

    const all = await list('/v3/pipelines');
    expect(all).toEqual([repairs, sales]);
    expect(pipelineList.parse(all)).toEqual(all);
  });

  test('may have numbers for ids, null for no stages, unknown fields, and a stage id in two pipelines', async () => {
    await load(
      { id: 1, name: 'Sales', stages: [{ id: 10, name: 'New', color: 'red' }], sort: 5 },
      { id: 2, name: 'Repairs', stages: [{ id: 10, name: 'New' }] },
      { id: 3, name: 'Rest', stages: null },
    );

    const stages = [{ id: '10', name: 'New' }];
    expect(await list('/v3/pipelines')).toEqual([
      { id: '1', name: 'Sales', stages },
      { id: '2', name: 'Repairs', stages },
      { id: '3', name: 'Rest' },
    ]);
  });

  test('are refreshed by an upload that names them, each with its stages, and the others stay', async () => {
    await load(sales, { id: '2', name: 'Repairs' });
    const won = { ...sales, stages: sales.stages.slice(1) };

    expect(await load({ id: 3, name: 'Rest' }, won)).toMatchObject({ status: 200, body: {} });
    expect(await load({ id: '2', name: 'Service' })).toMatchObject({ status: 200, body: {} });
    expect(await load()).toMatchObject({ status: 200, body: {} });

    expect(await list('/v3/pipelines')).toEqual([won, { id: '2', name: 'Service' }, { id: '3', name: 'Rest' }]);
  });

  test('are replaced as a whole by PUT /v1/pipelines', async () => {
    await load(sales, { id: '2', name: 'Repairs' });

    const answer = await replace({ id: 2, name: 'Service', more: 1 });

    expect([answer.status, answer.body]).toEqual([200, [{ id: '2', name: 'Service' }]]);
    expect(await list('/v3/pipelines')).toEqual([{ id: '2', name: 'Service' }]);
    expect(await replace()).toMatchObject({ status: 200, body: [] });
    expect(await list('/v3/pipelines')).toEqual([]);
  });

  test('that are uploaded at once are all there', async () => {
    const loads = Array.from({ length: 8 }, (_, id) => load({ id, name: 'Sales' }));

    expect((await Promise.all(loads)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await list('/v3/pipelines')).toHaveLength(8);
  });

  test('that an earlier version stored are read and refreshed', async () => {
    const Item = { p: `${world.account.accountId}#pipelines`, s: '-', pipelines: [sales] };
    world.db.apply(new PutCommand({ TableName: 'directory', Item }));

    expect(await list('/v3/pipelines')).toEqual([sales]);
    await load({ id: '2', name: 'Repairs' });
    expect(await list('/v3/pipelines')).toEqual([sales, { id: '2', name: 'Repairs' }]);
  });

  test('may be more than 100', async () => {
    await load(...Array.from({ length: 150 }, (_, id) => ({ id, name: 'Sales' })));

    expect(await list('/v3/pipelines')).toHaveLength(150);
  });

  test.each<{ name: string; body: unknown; data: unknown }>([
    { name: 'no body', body: '', data: [] },
    { name: 'an object instead of an array', body: sales, data: [] },
    { name: 'an empty list of stages', body: [{ ...sales, stages: [] }], data: [{ index: 0, fields: ['stages'] }] },
    { name: 'no id', body: [sales, { name: 'B' }], data: [{ index: 1, fields: ['id'] }] },
    { name: 'a long id', body: [{ ...sales, id: 'x'.repeat(101) }], data: [{ index: 0, fields: ['id'] }] },
    { name: 'a long name', body: [{ ...sales, name: 'x'.repeat(101) }], data: [{ index: 0, fields: ['name'] }] },
    {
      name: 'a stage without a name',
      body: [{ ...sales, stages: [{ id: 1 }] }],
      data: [{ index: 0, fields: ['stages.0.name'] }],
    },
    {
      name: 'a stage twice',
      body: [{ ...sales, stages: [sales.stages[0], { id: 10, name: 'Again' }] }],
      data: [{ index: 0, fields: ['stages'] }],
    },
    { name: 'an id twice', body: [sales, sales], data: [{ index: 1, fields: ['id'] }] },
  ])('are refused, and what was there stays: $name', async ({ body, data }) => {
    await load(sales);

    for (const [method, path] of [
      ['POST', '/v3/pipelines'],
      ['PUT', '/v1/pipelines'],
    ] as const) {
      const answer = await call(method, path, body);

      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        error: 'INVALID_PIPELINES_DATA',
        description: 'One or more of provided pipelines are not valid.',
        data,
      });
      expect(await list('/v3/pipelines')).toEqual([sales]);
    }
  });

  test('are refused if they are larger than an item', async () => {
    const stages = Array.from({ length: 2000 }, (_, id) => ({ id: `${id}`, name: 'я'.repeat(100) }));

    const tooLarge = { status: 400, body: { error: 'INVALID_PIPELINES_DATA' } };
    expect(await load({ ...sales, stages })).toMatchObject(tooLarge);
    expect(await replace({ ...sales, stages })).toMatchObject(tooLarge);

    const half = stages.slice(0, 1000);
    expect(await load({ ...sales, stages: half })).toMatchObject({ status: 200 });
    expect(await load({ ...sales, id: '2', stages: half })).toMatchObject(tooLarge);
    expect(await load({ ...sales, stages: half.slice(1) })).toMatchObject({ status: 200 });
  });

  test('I6 belong to their account', async () => {
    await load(sales);
    const { apiKey } = await world.addAccount();

    expect((await call('GET', '/v3/pipelines', undefined, apiKey)).body).toEqual([]);
  });
});

/** What contacts and deals have in common. `fields` is what a card needs beside id, name and responsible user. */
const KINDS = [
  {
    path: '/v3/contacts',
    name: 'contact',
    fields: { contactData: [{ chatType: 'telegram', chatId: '5' }] },
    shown: { contactData: [{ chatType: 'telegram', chatId: '5', username: null, phone: null }] },
    error: 'INVALID_CONTACTS_DATA',
    description: 'One or more of provided contacts data are not valid.',
    unknown: 'CONTACT_NOT_FOUND',
    required: ['id', 'responsibleUserId', 'name', 'contactData'],
    /** The `count` of a page that shows `_shown` of `total`. */
    count: (total: number, _shown: number) => total,
    schema: contactList,
  },
  {
    path: '/v3/deals',
    name: 'deal',
    fields: { contacts: ['c1'], closed: false },
    shown: { contacts: ['c1'], closed: false, uri: '' },
    error: 'INVALID_DEALS_DATA',
    description: 'One or more of provided deals data are not valid.',
    unknown: 'DEAL_NOT_FOUND',
    required: ['id', 'responsibleUserId', 'name', 'contacts'],
    count: (_total: number, shown: number) => shown,
    schema: dealList,
  },
];

describe.each(KINDS)('C2 $path', ({ path, fields, shown, error, description, unknown, required, count, schema }) => {
  const card = { id: '1', responsibleUserId: '17', name: 'Anna', ...fields };
  const seen = { ...card, ...shown };
  const push = (...cards: unknown[]) => call('POST', path, cards);
  const one = (id: string) => call('GET', `${path}/${encodeURIComponent(id)}`);
  const page = async (query = '') => (await list(`${path}?${query}`)) as { count: number; data: { id: string }[] };

  test('stores what is pushed', async () => {
    expect(await push({ ...card, uri: 'https://crm.example/1' })).toMatchObject({ status: 200, body: {} });

    const read = { ...seen, uri: 'https://crm.example/1' };
    expect((await one('1')).body).toEqual(read);
    const all = await page();
    expect(all).toEqual({ count: 1, data: [read] });
    expect(schema.parse(all)).toEqual(all);
  });

  test('replaces what is pushed again', async () => {
    await push({ ...card, uri: 'x' });
    await push({ ...card, name: 'Anna B.', responsibleUserId: 18, uri: null, more: [{ x: null }] });

    expect((await one('1')).body).toEqual({ ...seen, name: 'Anna B.', responsibleUserId: '18' });
    await push({ ...card, uri: '' });
    expect((await one('1')).body).toEqual(seen);
  });

  test('answers in pages of at most 100, in the order of ids', async () => {
    const made = Array.from({ length: 120 }, (_, index) => ({ ...card, id: `${1000 + index}` }));
    const ids = made.map(({ id }) => id);
    expect(await push(...made.slice(60))).toMatchObject({ status: 200 });
    expect(await push(...made.slice(0, 60))).toMatchObject({ status: 200 });

    const shownBy = async (query: string) => {
      const { count: said, data } = await page(query);
      expect(said).toBe(count(120, data.length));
      return data.map(({ id }) => id);
    };
    expect(await shownBy('')).toEqual(ids.slice(0, 100));
    expect(await shownBy('offset=100')).toEqual(ids.slice(100));
    expect(await shownBy('offset=120')).toEqual([]);
    expect(await shownBy('offset=10&limit=20&sort=-name')).toEqual(ids.slice(10, 110));
    for (const limit of ['1', '20', '100', '0', '-5', '1000', 'x', '']) {
      expect(await shownBy(`limit=${limit}`)).toEqual(ids.slice(0, 100));
    }
  });

  test.each(['-1', 'x', '1.5', '1e3', '9'.repeat(20)])('refuses offset=%s: 400', async (offset) => {
    expect(await call('GET', `${path}?offset=${offset}`)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields: ['offset'] } },
    });
  });

  test.each([
    ['a/b', 'a%2Fb'],
    ['100%', '100%25'],
    ['a#b?c&d', 'a%23b%3Fc%26d'],
    ['Анна 👋', '%D0%90%D0%BD%D0%BD%D0%B0%20%F0%9F%91%8B'],
    ['__proto__', '__proto__'],
    ['я'.repeat(100), '%D1%8F'.repeat(100)],
    [1234567890, '1234567890'],
  ])('takes the id %s', async (id, encoded) => {
    expect(await push({ ...card, id })).toMatchObject({ status: 200 });

    const read = { ...seen, id: String(id) };
    expect(await request('GET', `${path}/${encoded}`, '[]')).toEqual({ status: 200, body: read });
    expect(await request('DELETE', `${path}/${encoded}/`, '[]')).toEqual({ status: 200, body: {} });
    expect(await request('GET', `${path}/${encoded}/`)).toMatchObject({ status: 404, body: { error: unknown } });
  });

  test.each(['nobody', 'x'.repeat(101), 'я'.repeat(900)])('answers 404 to an unknown id', async (id) => {
    expect(await one(id)).toMatchObject({ status: 404, body: { error: unknown, description: expect.any(String) } });
    expect(await call('DELETE', `${path}/${encodeURIComponent(id)}`)).toMatchObject({ status: 404 });
  });

  test('deletes one or many', async () => {
    await push(...['1', '2', '3'].map((id) => ({ ...card, id })));
    expect(await call('DELETE', `${path}/1`)).toMatchObject({ status: 200, body: {} });
    expect(await call('DELETE', `${path}/1`)).toMatchObject({ status: 404, body: { error: unknown } });
    const long = 'x'.repeat(101);

    const answer = await call('PATCH', `${path}/bulk_delete`, ['1', 2, long, '3']);

    expect([answer.status, answer.body]).toEqual([200, ['1', long]]);
    expect((await page()).data).toEqual([]);
    expect(await call('PATCH', `${path}/bulk_delete`, [])).toMatchObject({ status: 200, body: [] });
  });

  test.each<{ name: string; body: unknown; data: unknown }>([
    { name: 'no body', body: '', data: [] },
    { name: 'an object instead of an array', body: card, data: [] },
    { name: 'an empty object', body: [card, {}], data: [{ index: 1, fields: required }] },
    { name: 'null for an object', body: [null], data: [{ index: 0, fields: ['id'] }] },
    { name: 'an id twice', body: [card, { ...card, id: 1 }], data: [{ index: 1, fields: ['id'] }] },
    { name: 'a long id', body: [{ ...card, id: 'x'.repeat(101) }], data: [{ index: 0, fields: ['id'] }] },
    {
      name: 'a long id of a user',
      body: [{ ...card, responsibleUserId: 'x'.repeat(101) }],
      data: [{ index: 0, fields: ['responsibleUserId'] }],
    },
    {
      name: 'an empty id of a user',
      body: [card, { ...card, id: 2, responsibleUserId: null }],
      data: [{ index: 1, fields: ['responsibleUserId'] }],
    },
    { name: 'a long name', body: [{ ...card, name: 'x'.repeat(201) }], data: [{ index: 0, fields: ['name'] }] },
    { name: 'a long uri', body: [{ ...card, uri: 'x'.repeat(201) }], data: [{ index: 0, fields: ['uri'] }] },
  ])('refuses, and stores nothing: $name', async ({ body, data }) => {
    const before = world.db.items('directory');

    const answer = await call('POST', path, body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error, description, data });
    expect(world.db.items('directory')).toEqual(before);
  });

  test.each(['', '/bulk_delete'])('refuses more than 100 in a request%s', async (room) => {
    const many = Array.from({ length: 101 }, (_, id) => (room === '' ? { ...card, id } : id));

    const answer = await call(room === '' ? 'POST' : 'PATCH', path + room, many);

    expect([answer.status, answer.body]).toEqual([
      400,
      { error: 'TOO_MANY_ENTITIES', description: 'Too many entities per request.', data: { count: 101, limit: 100 } },
    ]);
  });

  test('I6 keeps accounts apart', async () => {
    await push(card);
    const { apiKey } = await world.addAccount();

    expect((await call('GET', path, undefined, apiKey)).body).toEqual({ count: 0, data: [] });
    expect(await call('GET', `${path}/1`, undefined, apiKey)).toMatchObject({ status: 404 });
    expect(await call('DELETE', `${path}/1`, undefined, apiKey)).toMatchObject({ status: 404 });
    expect((await call('PATCH', `${path}/bulk_delete`, ['1'], apiKey)).body).toEqual(['1']);
    expect(await one('1')).toMatchObject({ status: 200 });
  });

  test('answers 500 if the store does not answer, and the same push completes it', async () => {
    const cards = Array.from({ length: 30 }, (_, id) => ({ ...card, id }));
    let left = 40;
    world.failing = () => {
      left -= 1;
      return left < 0;
    };
    expect(await push(...cards)).toMatchObject({ status: 500 });
    world.failing = undefined;

    expect(await push(...cards)).toMatchObject({ status: 200 });
    expect((await page()).data).toHaveLength(30);
  });
});

describe('PUT /v3/contacts/{id}', () => {
  const anna = {
    id: 'a/1',
    responsibleUserId: '17',
    name: 'Anna',
    contactData: [{ chatType: 'telegram', chatId: '5', username: null, phone: null }],
    uri: 'https://crm.example/1',
  };
  const put = (body: unknown, id = 'a%2F1') => request('PUT', `/v3/contacts/${id}`, body);

  test.each<{ name: string; body: object; changed: object }>([
    {
      name: 'all fields',
      body: {
        id: 'a/1',
        responsibleUserId: 18,
        name: 'Boris',
        contactData: [{ chatType: 'telegram', chatId: 6 }],
        uri: 'x',
      },
      changed: {
        responsibleUserId: '18',
        name: 'Boris',
        contactData: [{ chatType: 'telegram', chatId: '6', username: null, phone: null }],
        uri: 'x',
      },
    },
    { name: 'one field', body: { name: 'Boris' }, changed: { name: 'Boris' } },
    { name: 'no field', body: {}, changed: {} },
    {
      name: 'null and unknown fields, which say nothing',
      body: { name: null, uri: null, id: null, more: 1 },
      changed: {},
    },
    {
      name: 'an empty id, which says nothing',
      body: { id: '', responsibleUserId: '18' },
      changed: { responsibleUserId: '18' },
    },
    { name: 'an empty uri, which removes it', body: { uri: '' }, changed: { uri: undefined } },
    { name: 'no addresses', body: { contactData: [] }, changed: { contactData: [] } },
  ])('changes $name', async ({ body, changed }) => {
    await call('POST', '/v3/contacts', [anna]);

    const answer = await put(body);

    const now = { ...anna, ...changed };
    expect(answer).toEqual({ status: 200, body: JSON.parse(JSON.stringify(now)) });
    expect(await request('GET', '/v3/contacts/a%2F1')).toEqual(answer);
  });

  test('moves the chats before the answer, as a push does (R2)', async () => {
    await call('POST', '/v3/contacts', [anna]);
    await world.say(5, 'hello');

    await put({ responsibleUserId: '18', name: 'Boris' });

    expect(await world.chat(5)).toMatchObject({ name: 'Boris', responsibleUserId: '18' });
  });

  test.each<{ name: string; body: unknown; fields?: string[] }>([
    { name: 'another id', body: { id: '2', name: 'Boris' }, fields: ['id'] },
    { name: 'an object for an id', body: { id: { a: 1 } }, fields: ['id'] },
    { name: 'an empty name', body: { name: '' }, fields: ['name'] },
    { name: 'a long name', body: { name: 'x'.repeat(201) }, fields: ['name'] },
    { name: 'a wrong address', body: { contactData: [{ chatType: 'vk' }] }, fields: ['contactData.0.chatId'] },
    { name: 'an array', body: [{ name: 'Boris' }] },
    { name: 'null', body: 'null' },
  ])('refuses $name', async ({ body, fields }) => {
    await call('POST', '/v3/contacts', [anna]);

    expect(await put(body)).toEqual({
      status: 400,
      body: {
        error: 'INVALID_CONTACTS_DATA',
        description: 'One or more of provided contacts data are not valid.',
        data: fields ? [{ index: 0, fields }] : [],
      },
    });
    expect((await request('GET', '/v3/contacts/a%2F1')).body).toEqual(anna);
  });

  test.each(['2', 'x'.repeat(101), '%D1%8F'.repeat(900)])(
    'answers 404 to an unknown id, and stores nothing',
    async (id) => {
      // A deal may name a contact that was never pushed.
      await call('POST', '/v3/deals', [{ id: 'd', responsibleUserId: '17', name: 'Sale', contacts: ['2'] }]);
      const before = world.db.items('directory');

      expect(await put({ ...anna, id: undefined }, id)).toMatchObject({
        status: 404,
        body: { error: 'CONTACT_NOT_FOUND' },
      });
      expect(world.db.items('directory')).toEqual(before);
    },
  );

  test('undoes no push that comes in between', async () => {
    await call('POST', '/v3/contacts', [anna]);
    let pushed = false;
    world.failing = async ({ kind }) => {
      if (kind === 'BatchGetCommand' && !pushed) {
        pushed = true;
        await call('POST', '/v3/contacts', [{ ...anna, responsibleUserId: '18' }]);
      }
      return false;
    };

    expect(await put({ name: 'Boris' })).toMatchObject({ status: 200 });
    expect((await request('GET', '/v3/contacts/a%2F1')).body).toMatchObject({ name: 'Boris', responsibleUserId: '18' });
  });
});

describe('addresses of a contact', () => {
  const push = (...contactData: unknown[]) =>
    call('POST', '/v3/contacts', [{ id: '1', responsibleUserId: '17', name: 'Anna', contactData }]);

  test.each<{ name: string; given: Record<string, unknown>; shown: Record<string, unknown> }>([
    {
      name: 'a number for an id',
      given: { chatType: 'whatsapp', chatId: 79001112233 },
      shown: { chatId: '79001112233' },
    },
    {
      name: 'null for absent fields',
      given: { chatType: 'vk', chatId: 'x', username: null, phone: null },
      shown: { chatId: 'x' },
    },
    {
      name: 'empty texts for absent fields',
      given: { chatType: 'vk', chatId: 'x', username: '', phone: '' },
      shown: { chatId: 'x' },
    },
    { name: 'Telegram by username', given: { chatType: 'telegram', username: 'anna' }, shown: { username: 'anna' } },
    {
      name: 'Telegram by phone',
      given: { chatType: 'telegram', chatId: '', phone: 79001112233 },
      shown: { phone: '79001112233' },
    },
    { name: 'MAX by phone', given: { chatType: 'max', phone: '79001112233' }, shown: { phone: '79001112233' } },
  ])('may have $name', async ({ given, shown }) => {
    expect(await push(given)).toMatchObject({ status: 200 });

    const { chatType } = given;
    expect(await list('/v3/contacts/1')).toMatchObject({
      contactData: [{ chatType, chatId: '', username: null, phone: null, ...shown }],
    });
  });

  test.each<{ name: string; given: unknown; field: string }>([
    { name: 'an unknown chat type', given: { chatType: 'wapi', chatId: 'x' }, field: 'contactData.1.chatType' },
    { name: 'no chat id', given: { chatType: 'whatsapp', phone: '79001112233' }, field: 'contactData.1.chatId' },
    { name: 'MAX by username', given: { chatType: 'max', username: 'x' }, field: 'contactData.1.chatId' },
    { name: 'Telegram without any id', given: { chatType: 'telegram', username: '' }, field: 'contactData.1.chatId' },
    { name: 'a long chat id', given: { chatType: 'vk', chatId: 'x'.repeat(257) }, field: 'contactData.1.chatId' },
    { name: 'an entry that is no object', given: 'x', field: 'contactData.1' },
  ])('are refused with $name', async ({ given, field }) => {
    expect(await push({ chatType: 'vk', chatId: '1' }, given)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_CONTACTS_DATA', data: [{ index: 0, fields: [field] }] },
    });
  });

  test('may be none, and not more than 45', async () => {
    const made = Array.from({ length: 46 }, (_, chatId) => ({ chatType: 'vk', chatId }));

    expect(await push()).toMatchObject({ status: 200 });
    expect(await push(...made.slice(1))).toMatchObject({ status: 200 });
    expect(await push(...made)).toMatchObject({ status: 400, body: { data: [{ index: 0, fields: ['contactData'] }] } });
  });

  test('belong to the later of two contacts in one array', async () => {
    await world.say(5, 'hello');
    const contactData = [{ chatType: 'telegram', chatId: '5' }];
    const cards = Array.from({ length: 20 }, (_, id) => ({
      id,
      responsibleUserId: `u${id}`,
      name: 'Anna',
      contactData,
    }));

    // The contact before the last is slow.
    world.failing = async ({ input }) => {
      if (input.Key?.s === '18') await sleep(10);
      return false;
    };

    expect(await call('POST', '/v3/contacts', cards)).toMatchObject({ status: 200 });

    expect(await world.chat(5)).toMatchObject({ contactId: '19', responsibleUserId: 'u19' });
  });

  test('are no longer being written when a failure is answered', async () => {
    const cards = ['1', '2'].map((id) => ({ id, responsibleUserId: 'u', name: 'Anna', contactData: [] }));
    let asked = 0;
    world.failing = async ({ input }) => {
      asked += 1;
      if (input.Key?.s === '2') await sleep(10);
      return input.Key?.s === '1';
    };

    expect(await call('POST', '/v3/contacts', cards)).toMatchObject({ status: 500 });

    const then = asked;
    await sleep(20);
    expect(asked).toBe(then);
    expect(await list('/v3/contacts')).toMatchObject({ count: 1 });
  });
});

describe('contacts of a deal', () => {
  const push = (contacts: unknown, closed: unknown = false) =>
    call('POST', '/v3/deals', [{ id: 1, responsibleUserId: '17', name: 'Sale', contacts, closed }]);

  test('may be numbers, and one may be named twice', async () => {
    await push([1, '1', 2], true);

    expect(await list('/v3/deals/1')).toMatchObject({ contacts: ['1', '2'], closed: true });
  });

  test.each<{ name: string; contacts: unknown; closed?: unknown; field: string }>([
    { name: 'more than ten', contacts: Array.from({ length: 11 }, (_, id) => id), field: 'contacts' },
    { name: 'a text instead of an array', contacts: '1', field: 'contacts' },
    { name: 'an object for an id', contacts: ['1', {}], field: 'contacts.1' },
    { name: 'a word for closed', contacts: [], closed: 'no', field: 'closed' },
  ])('are refused with $name', async ({ contacts, closed, field }) => {
    expect(await push(contacts, closed)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_DEALS_DATA', data: [{ index: 0, fields: [field] }] },
    });
  });

  test('need not be pushed yet, also for many deals in one array', async () => {
    const made = Array.from({ length: 20 }, (_, id) => ({
      id,
      responsibleUserId: `u${id}`,
      name: 'Sale',
      contacts: ['c1'],
      closed: false,
    }));

    expect(await call('POST', '/v3/deals', made)).toMatchObject({ status: 200 });
    expect(await list('/v3/deals')).toMatchObject({ count: 20 });
  });
});

test.each(DIRECTORY_ROUTES.map(({ method, path }) => [method, path] as const))(
  '%s %s is a 401 without a key, and takes a slash at the end',
  async (method, path) => {
    const target = path.replace('{id}', '1');

    expect(await world.call(method, target, { body: [] })).toMatchObject({
      status: 401,
      body: { error: 'UNAUTHORIZED' },
    });
    const slash = await request(method, `${target}/`, []);
    expect(slash).toEqual(await request(method, target, []));
  },
);
