import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/account-routes';
import { routes } from '#lib/routes';
import { createAccounts } from '#store/accounts/accounts';
import { createStoreDeps } from '#store/dynamo/client';
import { createWorld, OPERATOR_KEY, START, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

test('the operator makes an account, and the account’s key works', async () => {
  const answer = await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body: { name: 'Shop' } });

  expect(answer.status).toBe(201);
  expect(contract.newAccountAnswer.parse(answer.body)).toEqual(answer.body);
  const { apiKey } = answer.body as { apiKey: string };
  expect(apiKey).toMatch(/^[0-9a-f]{64}$/);
  expect(await world.call('GET', '/v3/channels', { key: apiKey })).toMatchObject({ status: 200, body: [] });
});

test('neither the table nor the log holds a key', async () => {
  const { apiKey } = await world.addAccount();

  const kept = JSON.stringify([world.db.items('accounts'), world.logs]);
  expect(kept).not.toContain(apiKey);
  expect(kept).not.toContain(OPERATOR_KEY);
});

test.each([
  { name: 'no key', key: () => undefined },
  { name: 'an unknown key', key: () => 'nobody' },
  { name: 'an account’s key', key: () => world.account.apiKey },
])('with $name the answer is 401, and nothing is made', async ({ key }) => {
  const before = world.db.items('accounts');

  const answer = await world.call('POST', '/v1/accounts', { key: key(), body: { name: 'Shop' } });

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({ error: 'UNAUTHORIZED', description: expect.any(String) });
  expect(world.db.items('accounts')).toEqual(before);
});

test('the operator’s key is not accepted by routes of an account', async () => {
  expect(await world.call('GET', '/v3/channels', { key: OPERATOR_KEY })).toMatchObject({ status: 401 });
});

test('a new operator’s key replaces the one before', async () => {
  await world.store.accounts.setOperatorKey('another');
  const body = { name: 'Shop' };

  expect(await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body })).toMatchObject({ status: 401 });
  expect(await world.call('POST', '/v1/accounts', { key: 'another', body })).toMatchObject({ status: 201 });
});

test.each([
  { name: 'no name', body: {} },
  { name: 'an empty name', body: { name: '' } },
  { name: 'an endless name', body: { name: 'x'.repeat(201) } },
  { name: 'a number for a name', body: { name: 5 } },
])('$name is a 400 that names the field', async ({ body }) => {
  expect(await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body })).toMatchObject({
    status: 400,
    body: { error: 'INVALID_REQUEST', data: { fields: ['name'] } },
  });
});

describe('keys of an account', () => {
  interface Key {
    readonly keyId: string;
    readonly apiKey: string;
  }

  const firstKey = async () => {
    const made = await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body: { name: 'Shop' } });
    return made.body as Key & { accountId: string };
  };
  const addKey = async ({ apiKey }: Key) => (await world.call('POST', '/v1/account/keys', { key: apiKey })).body as Key;
  const revoke = (keyId: string, { apiKey }: Key) => world.call('DELETE', `/v1/account/keys/${keyId}`, { key: apiKey });
  const works = async ({ apiKey }: Key) => (await world.call('GET', '/v3/channels', { key: apiKey })).status === 200;

  test('a second key is shown once, and works beside the first', async () => {
    const first = await firstKey();

    const answer = await world.call('POST', '/v1/account/keys', { key: first.apiKey });

    expect(answer).toMatchObject({ status: 201 });
    expect(contract.newKeyAnswer.parse(answer.body)).toEqual(answer.body);
    const second = answer.body as Key;
    expect(second.apiKey).toMatch(/^[0-9a-f]{64}$/);
    expect(await works(second)).toBe(true);
    expect(await works(first)).toBe(true);
    expect(JSON.stringify([world.db.items('accounts'), world.logs])).not.toContain(second.apiKey);
  });

  test('a revoked key is 401 at once in the process that revoked it, and nothing of it stays', async () => {
    const first = await firstKey();
    const second = await addKey(first);
    expect(await works(first)).toBe(true);

    expect(await revoke(first.keyId, second)).toMatchObject({ status: 200, body: { keyId: first.keyId } });

    expect(await works(first)).toBe(false);
    expect(await works(second)).toBe(true);
    const left = world.db.items('accounts').filter(({ p }) => !String(p).startsWith('audit#'));
    expect(JSON.stringify(left)).not.toContain(first.keyId);
  });

  test('a revoked key is 401 within 10 s in other processes', async () => {
    const first = await firstKey();
    const second = await addKey(first);
    const elsewhere = createAccounts(
      createStoreDeps({
        client: { send: async (command: never) => world.db.apply(command) } as never,
        tables: { accounts: 'accounts' },
        clock: world.clock,
        newId: () => 'unused',
      }),
    );
    expect(await elsewhere.byKey(first.apiKey)).toMatchObject({ keyId: first.keyId });

    await revoke(first.keyId, second);
    world.clock.advance(10_000);

    expect(await elsewhere.byKey(first.apiKey)).toBeUndefined();
  });

  test('a key may revoke itself if another is left', async () => {
    const first = await firstKey();
    await addKey(first);

    expect(await revoke(first.keyId, first)).toMatchObject({ status: 200 });
    expect(await works(first)).toBe(false);
  });

  test('the last key cannot be revoked: 400', async () => {
    const first = await firstKey();

    expect(await revoke(first.keyId, first)).toMatchObject({ status: 400, body: { error: 'LAST_KEY' } });
    expect(await works(first)).toBe(true);
  });

  test.each([
    { name: 'an unknown key', keyId: async () => 'nobody' },
    { name: 'a key of another account', keyId: async () => (await firstKey()).keyId },
    {
      name: 'a key that is revoked already',
      keyId: async (first: Key) => {
        const { keyId } = await addKey(first);
        await revoke(keyId, first);
        return keyId;
      },
    },
  ])('revoking $name is a 404, and nothing changes', async ({ keyId }) => {
    const first = await firstKey();
    await addKey(first);
    const named = await keyId(first);
    const before = world.db.items('accounts');

    expect(await revoke(named, first)).toMatchObject({ status: 404, body: { error: 'KEY_NOT_FOUND' } });
    expect(world.db.items('accounts')).toEqual(before);
  });

  test.each([2, 3, 5])('of %i keys that are all revoked at once one is left', async (count) => {
    const keys: Key[] = [await firstKey()];
    while (keys.length < count) keys.push(await addKey(keys[0]!));
    // All requests read before any of them writes.
    let reads = 0;
    const { promise: together, resolve: go } = Promise.withResolvers<void>();
    world.failing = async ({ kind }) => {
      if (kind !== 'TransactWriteCommand') return false;
      reads += 1;
      if (reads === count) go(undefined);
      await together;
      return false;
    };

    const answers = await Promise.all(keys.map(({ keyId }, index) => revoke(keyId, keys[(index + 1) % count]!)));

    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(count - 1).fill(200), 400]);
    world.clock.advance(10_000);
    expect((await Promise.all(keys.map(works))).filter(Boolean)).toHaveLength(1);
  });

  test('can all be listed and revoked, also if DynamoDB answers them in pages', async () => {
    const first = await firstKey();
    const keys = [first, await addKey(first), await addKey(first)];
    world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand') input.Limit = 1;
      return false;
    };

    const { body } = await world.call('GET', '/v1/account/keys', { key: first.apiKey });
    expect((body as { keys: Key[] }).keys.map(({ keyId }) => keyId).sort()).toEqual(
      keys.map(({ keyId }) => keyId).sort(),
    );
    for (const { keyId } of keys.slice(1)) expect(await revoke(keyId, first)).toMatchObject({ status: 200 });
  });

  test('are listed with their names, times of making and last use, without the keys', async () => {
    const first = await firstKey();
    world.clock.advance(1_000);
    const made = await world.call('POST', '/v1/account/keys', { key: first.apiKey, body: { name: 'The CRM' } });
    const second = made.body as Key;

    const answer = await world.call('GET', '/v1/account/keys', { key: first.apiKey });

    const at = (ms: number) => new Date(ms).toISOString();
    expect(answer.status).toBe(200);
    expect(contract.keyList.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).toEqual({
      keys: [
        { keyId: first.keyId, name: null, createdAt: at(START), lastUsedAt: at(START + 1_000) },
        { keyId: second.keyId, name: 'The CRM', createdAt: at(START + 1_000), lastUsedAt: null },
      ],
    });
    expect(answer.text).not.toContain(first.apiKey);
    expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
  });

  test('of the first version have no time of making', async () => {
    const first = await firstKey();
    const item = world.db.items('accounts').find(({ s }) => s === `key#${first.keyId}`);
    const { createdAt: _, ...old } = item as Record<string, unknown>;
    world.db.apply(new PutCommand({ TableName: 'accounts', Item: old }) as never);

    const { body } = await world.call('GET', '/v1/account/keys', { key: first.apiKey });

    expect(body).toMatchObject({ keys: [{ keyId: first.keyId, createdAt: null }] });
  });

  test('note their last use once an hour, however many processes there are', async () => {
    const first = await firstKey();
    let writes = 0;
    world.failing = ({ kind, input }) => {
      if (kind === 'UpdateCommand' && JSON.stringify(input).includes('use#')) writes += 1;
      return false;
    };
    const use = async () => {
      const app = world.newProcess();
      await world.call('GET', '/v3/channels', { key: first.apiKey, app });
      const { body } = await world.call('GET', '/v1/account/keys', { key: first.apiKey, app });
      return (body as { keys: { lastUsedAt: string }[] }).keys[0]?.lastUsedAt;
    };

    const noted: unknown[] = [];
    for (let minutes = 0; minutes < 180; minutes += 10) {
      noted.push(await use());
      world.clock.advance(10 * 60_000);
    }

    const hours = [0, 1, 2].map((hour) => new Date(START + hour * 3_600_000).toISOString());
    expect(noted).toEqual(hours.flatMap((at) => Array(6).fill(at)));
    expect(writes).toBe(3);
  });

  test('work although their use cannot be noted', async () => {
    const first = await firstKey();
    world.failing = ({ input }) => JSON.stringify(input).includes('use#');

    expect(await works(first)).toBe(true);
  });

  test.each([
    { name: 'an empty name', body: { name: '' } },
    { name: 'an endless name', body: { name: 'x'.repeat(201) } },
    { name: 'a number for a name', body: { name: 5 } },
  ])('with $name are not made: 400', async ({ body }) => {
    const { apiKey: key } = await firstKey();

    expect(await world.call('POST', '/v1/account/keys', { key, body })).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields: ['name'] } },
    });
  });

  test.each([
    { name: 'no key', key: undefined },
    { name: 'the operator’s key', key: OPERATOR_KEY },
  ])('with $name the answer is 401', async ({ key }) => {
    expect(await world.call('POST', '/v1/account/keys', { key })).toMatchObject({ status: 401 });
    expect(await world.call('DELETE', '/v1/account/keys/x', { key })).toMatchObject({ status: 401 });
  });
});

describe('an owner who was locked out', () => {
  test('gets a key from the operator, and the others go on', async () => {
    const { accountId, apiKey } = world.account;

    const answer = await world.call('POST', `/v1/accounts/${accountId}/keys`, { key: OPERATOR_KEY });

    expect(answer.status).toBe(201);
    expect(contract.newKeyAnswer.parse(answer.body)).toEqual(answer.body);
    const { apiKey: found } = answer.body as { apiKey: string };
    for (const key of [found, apiKey]) {
      expect(await world.call('GET', '/v3/channels', { key })).toMatchObject({
        status: 200,
        body: [{ channelId: world.channel.channelId }],
      });
    }
  });

  test.each(['nobody', '%20', 'x'.repeat(1_500), 'operator'])(
    'of the account %s is a 404, and nothing is made',
    async (id) => {
      const before = world.db.items('accounts');

      for (const [method, path, body] of [
        ['POST', `/v1/accounts/${id}/keys`, {}],
        ['PATCH', `/v1/accounts/${id}`, { enabled: false }],
        ['PATCH', `/v1/accounts/${id}`, { enabled: true }],
      ] as const) {
        expect(await world.call(method, path, { key: OPERATOR_KEY, body })).toMatchObject({
          status: 404,
          body: { error: 'ACCOUNT_NOT_FOUND' },
        });
      }
      expect(world.db.items('accounts')).toEqual(before);
    },
  );
});

describe('a disabled account', () => {
  const HOUR = 3_600_000;
  const disable = (enabled: boolean) =>
    world.call('PATCH', `/v1/accounts/${world.account.accountId}`, { key: OPERATOR_KEY, body: { enabled: !enabled } });
  const sends = () => world.bot.calls.filter(({ method }) => method === 'sendMessage').length;

  test.each(
    routes
      .filter(
        ({ path }) =>
          !/^\/(webhooks|files|healthz|openapi|docs|chat|page|$)|^\/v1\/(accounts|checks|page-tokens|crm\/callback)/.test(
            path,
          ),
      )
      .map(({ method, path }) => [method, path] as const),
  )('has no %s %s: 403, as its CRM and as a user', async (method, path) => {
    expect(await disable(true)).toMatchObject({
      status: 200,
      body: { accountId: world.account.accountId, enabled: false },
    });

    const filled = path.replaceAll(/\{\w+\}/g, 'x');
    for (const headers of [{}, { 'konvert-user': 'somebody' }]) {
      const answer = await world.call(method, filled, { key: world.account.apiKey, headers, body: {} });
      expect(answer).toMatchObject({
        status: 403,
        body: { error: path === '/v3/iframe' ? { code: 'ACCOUNT_DISABLED' } : 'ACCOUNT_DISABLED' },
      });
    }
  });

  test('is known to other processes within 10 s, and so is its being enabled', async () => {
    const app = world.newProcess();
    const status = async () => (await world.call('GET', '/v3/channels', { key: world.account.apiKey, app })).status;
    expect(await status()).toBe(200);

    await disable(true);
    world.clock.advance(10_000);
    expect(await status()).toBe(403);

    await disable(false);
    world.clock.advance(10_000);
    expect(await status()).toBe(200);
  });

  test('leaves other accounts alone', async () => {
    const { apiKey } = await world.addAccount();

    await disable(true);

    expect(await world.call('GET', '/v3/channels', { key: apiKey })).toMatchObject({ status: 200 });
  });

  test('stores what clients write, and shows it once it is enabled', async () => {
    await disable(true);
    world.clock.advance(10_000);

    await world.say(5, 'Is anybody there?');
    expect(await disable(false)).toMatchObject({ status: 200, body: { enabled: true } });

    expect(await world.chat(5)).toMatchObject({ unanswered: true, preview: 'Is anybody there?' });
  });

  test.each([1, 23, 25, 24 * 7])(
    'sends nothing for %i hours, and what waited within five minutes after',
    async (hours) => {
      await world.say(5, 'hello');
      expect(await world.reply(5, { text: 'first' })).toMatchObject({ status: 201 });
      expect(await world.reply(5, { text: 'second' })).toMatchObject({ status: 201 });
      await disable(true);
      world.clock.advance(10_000);
      await world.drain();
      for (let passed = 0; passed < hours * HOUR; passed += HOUR / 4) await world.pass(HOUR / 4);
      expect(sends()).toBe(0);

      await disable(false);
      await world.pass(10_000);
      await world.pass(5 * 60_000);

      expect(await world.deliveries()).toEqual([]);
      expect(await world.deliveries('state=pending')).toEqual([]);
      const texts = world.bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => body);
      expect(texts).toMatchObject([{ text: 'first' }, { text: 'second' }]);
      expect(await world.chat(5)).toMatchObject({ unanswered: false });
    },
  );

  test('a reply that nobody takes is still given up after 24 hours, counted from being enabled', async () => {
    await world.say(5, 'hello');
    await world.reply(5);
    await disable(true);
    world.clock.advance(10_000);
    await world.drain();
    await world.pass(30 * HOUR);
    for (let index = 0; index < 500; index += 1) {
      world.bot.answerNext('sendMessage', { status: 502, body: 'Bad gateway' });
    }
    await disable(false);
    await world.pass(10_000);

    for (let passed = 0; passed < 23 * HOUR; passed += HOUR / 4) await world.pass(HOUR / 4);
    expect(await world.deliveries()).toEqual([]);
    for (let passed = 0; passed < 2 * HOUR; passed += HOUR / 4) await world.pass(HOUR / 4);

    expect(await world.deliveries()).toMatchObject([{ state: 'failed', lastError: { code: 'UNREACHABLE' } }]);
  });
});

test('a check of a quarter of a year ago is forgotten when another one begins', async () => {
  const begin = () => world.call('POST', '/v1/checks', { key: OPERATOR_KEY, body: {} });
  const { checkId } = (await begin()).body as { checkId: string };
  await world.drain();
  world.clock.advance(91 * 24 * 3_600_000);

  expect(await begin()).toMatchObject({ status: 202 });

  expect(await world.call('GET', `/v1/checks/${checkId}`, { key: OPERATOR_KEY })).toMatchObject({ status: 404 });
});

test('a check by an id that no check can have is a 404', async () => {
  const answer = await world.call('GET', `/v1/checks/${'a'.repeat(1_100)}`, { key: OPERATOR_KEY });

  expect(answer).toMatchObject({ status: 404, body: { error: 'CHECK_NOT_FOUND' } });
});
