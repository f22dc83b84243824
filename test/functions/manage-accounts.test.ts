import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '#http/contract';
import { createWorld, OPERATOR_KEY, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

test('the operator makes an account, and its key works', async () => {
  const answer = await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body: { name: 'Shop' } });

  expect(answer.status).toBe(201);
  expect(contract.newAccountAnswer.parse(answer.body)).toEqual(answer.body);
  const { apiKey } = answer.body as { apiKey: string };
  expect(apiKey).toMatch(/^[0-9a-f]{64}$/);
  expect(await world.call('GET', '/v3/channels', { key: apiKey })).toMatchObject({ status: 200, body: [] });
});

test('neither the table nor the log holds a key', async () => {
  const { apiKey } = await world.addAccount();

  const kept = JSON.stringify([world.db.items('settings'), world.logs]);
  expect(kept).not.toContain(apiKey);
  expect(kept).not.toContain(OPERATOR_KEY);
});

test.each([
  { name: 'no key', key: () => undefined },
  { name: 'a key that nobody has', key: () => 'nobody' },
  { name: 'an account’s key', key: () => world.account.apiKey },
])('$name: 401, and nothing is made', async ({ key }) => {
  const before = world.db.items('settings');

  const answer = await world.call('POST', '/v1/accounts', { key: key(), body: { name: 'Shop' } });

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({ error: 'UNAUTHORIZED', description: expect.any(String) });
  expect(world.db.items('settings')).toEqual(before);
});

test('the operator’s key opens nothing else', async () => {
  expect(await world.call('GET', '/v3/channels', { key: OPERATOR_KEY })).toMatchObject({ status: 401 });
});

test('another operator’s key takes the place of the one before', async () => {
  await world.store.accounts.setOperatorKey('another');
  const body = { name: 'Shop' };

  expect(await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body })).toMatchObject({ status: 401 });
  expect(await world.call('POST', '/v1/accounts', { key: 'another', body })).toMatchObject({ status: 201 });
});

test.each([
  { name: 'no name', body: {} },
  { name: 'an empty name', body: { name: '' } },
  { name: 'an endless name', body: { name: 'x'.repeat(201) } },
  { name: 'a name that is none', body: { name: 5 } },
])('$name: 400 that names it', async ({ body }) => {
  expect(await world.call('POST', '/v1/accounts', { key: OPERATOR_KEY, body })).toMatchObject({
    status: 400,
    body: { error: 'INVALID_REQUEST', data: { fields: ['name'] } },
  });
});
