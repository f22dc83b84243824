import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/page-routes';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import { OPERATOR_KEY } from '#test/world';

const HOUR = 3_600_000;

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
});

afterEach(() => world.stop());

const ENDED = { status: 401, body: { error: 'UNAUTHORIZED' } };

describe('a token of the page', () => {
  test('acts as its user', async () => {
    await world.say(501, 'hello');
    const [seller, bare] = [await world.tokenOf('seller'), await world.tokenOf('bare')];

    expect(await world.as(seller, 'GET', '/v1/chats')).toMatchObject({
      status: 200,
      body: { chats: [{ chatId: '501' }] },
    });
    expect(await world.as(bare, 'GET', '/v1/chats')).toMatchObject({ status: 200, body: { chats: [] } });
  });

  test('learns who looks, at what, and what there is to choose from', async () => {
    const me = await world.as(await world.tokenOf('seller'), 'GET', '/v1/me');

    expect(me).toMatchObject({
      status: 200,
      body: {
        user: { id: 'seller', name: 'Name of seller' },
        accountId: world.account.accountId,
        scope: { kind: 'global' },
        channels: [{ channelId: world.channel.channelId, chatTypes: ['telegram'], state: 'active', role: 'seller' }],
        users: [{ id: 'bare' }, { id: 'head' }, { id: 'seller' }],
        options: { notifyHeadsAboutAllMessages: true },
      },
    });
    expect(contract.me.parse(me.body)).toEqual(me.body);
  });

  test('ends after 12 hours without use, and lives as long as it is used', async () => {
    const [used, idle] = [await world.tokenOf('seller'), await world.tokenOf('seller')];

    for (let hour = 0; hour < 11; hour += 1) {
      world.clock.advance(HOUR);
      expect((await world.as(used, 'GET', '/v1/me')).status).toBe(200);
    }
    world.clock.advance(HOUR);
    expect(await world.as(idle, 'GET', '/v1/me')).toMatchObject(ENDED);
    expect((await world.as(used, 'GET', '/v1/me')).status).toBe(200);
  });

  test('ends when the CRM deletes its user', async () => {
    const token = await world.tokenOf('seller');
    await world.call('DELETE', '/v3/users/seller', { key: world.account.apiKey });

    expect(await world.as(token, 'GET', '/v1/me')).toMatchObject(ENDED);
  });

  test('of the settings ends with the key by which it was opened, and one of a user does not', async () => {
    const key = world.account.apiKey;
    const { body } = await world.call('POST', '/v1/account/keys', { key, body: { name: 'Second' } });
    const { keyId, apiKey } = body as { keyId: string; apiKey: string };
    const tokens = await Promise.all(
      [{ settings: true }, { userId: 'seller' }].map(async (wanted) => {
        const { body: link } = await world.call('POST', '/v1/page-links', { key: apiKey, body: wanted });
        const spent = await world.spend((link as { url: string }).url.slice(-43));
        return (spent.body as { token: string }).token;
      }),
    );
    const statuses = () => Promise.all(tokens.map(async (token) => (await world.as(token, 'GET', '/v1/me')).status));

    expect(await statuses()).toEqual([200, 200]);
    await world.call('DELETE', `/v1/account/keys/${keyId}`, { key });
    world.clock.advance(10_000);
    expect(await statuses()).toEqual([401, 200]);
    expect(await statuses()).toEqual([401, 200]);
  });

  test('waits while its account is disabled', async () => {
    const token = await world.tokenOf('seller');
    const set = (enabled: boolean) =>
      world.call('PATCH', `/v1/accounts/${world.account.accountId}`, { key: OPERATOR_KEY, body: { enabled } });

    const link = await world.link({ userId: 'seller' });
    await set(false);
    expect(await world.spend(link)).toMatchObject({ status: 403, body: { error: 'ACCOUNT_DISABLED' } });
    expect(await world.as(token, 'GET', '/v1/me')).toMatchObject({ status: 403, body: { error: 'ACCOUNT_DISABLED' } });
    await set(true);
    expect((await world.as(token, 'GET', '/v1/me')).status).toBe(200);
  });

  test('takes no other user’s place', async () => {
    const token = await world.tokenOf('seller');
    for (const user of ['head', 'seller', '']) {
      const answer = await world.call('GET', '/v1/me', { key: token, headers: { 'konvert-user': user } });
      expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    }
  });
});
