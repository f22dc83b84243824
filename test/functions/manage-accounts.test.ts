import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/account-routes';
import { createAccounts } from '#store/accounts/accounts';
import { createStoreDeps } from '#store/dynamo/client';
import { createWorld, OPERATOR_KEY, type World } from '#test/world';

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

  test.each([
    { name: 'no key', key: undefined },
    { name: 'the operator’s key', key: OPERATOR_KEY },
  ])('with $name the answer is 401', async ({ key }) => {
    expect(await world.call('POST', '/v1/account/keys', { key })).toMatchObject({ status: 401 });
    expect(await world.call('DELETE', '/v1/account/keys/x', { key })).toMatchObject({ status: 401 });
  });
});
