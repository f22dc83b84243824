import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/page-routes';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import { START } from '#test/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
});

afterEach(() => world.stop());

const USED = { status: 410, body: { error: 'LINK_USED' } };

describe('a link', () => {
  test('leads to the page of its account, with its secret in the fragment', async () => {
    const { accountId, apiKey: key } = world.account;
    const address = new RegExp(`^https://konvert\\.example/chat/${accountId}#k=[\\w-]{43}$`);

    const link = await world.call('POST', '/v1/page-links', { key, body: { userId: 'seller' } });
    expect(link).toMatchObject({ status: 201, body: { url: expect.stringMatching(address) } });
    const frame = await world.call('POST', '/v3/iframe', { key, body: { user: { id: 'seller' }, scope: 'global' } });
    expect(frame).toMatchObject({ status: 200, body: { url: expect.stringMatching(address) } });
  });

  test('to the settings leads to the page that stands in no frame', async () => {
    const link = await world.call('POST', '/v1/page-links', { key: world.account.apiKey, body: { settings: true } });

    const address = /^https:\/\/konvert\.example\/chat\/-#k=[\w-]{43}$/;
    expect(link).toMatchObject({ status: 201, body: { url: expect.stringMatching(address) } });
  });

  test('P4 is spent once for a token', async () => {
    const link = await world.link({ userId: 'seller' });

    const spent = await world.spend(link);
    expect(spent).toMatchObject({
      status: 201,
      body: {
        token: expect.stringMatching(/^kp_[\w-]{43}$/),
        expiresAt: new Date(START + 12 * HOUR).toISOString(),
        scope: { kind: 'global' },
      },
    });
    expect(contract.pageToken.parse(spent.body)).toEqual(spent.body);
    expect(await world.spend(link)).toMatchObject(USED);
  });

  test('gives one token to ten that spend it at once', async () => {
    const link = await world.link({ userId: 'seller' });

    const answers = await Promise.all(Array.from({ length: 10 }, () => world.spend(link)));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(410)]);
  });

  test('P4 ends after ten minutes, whether or not the table has deleted it', async () => {
    const [first, second] = [await world.link({ userId: 'seller' }), await world.link({ userId: 'seller' })];

    world.clock.advance(10 * MINUTE - 1);
    expect((await world.spend(first)).status).toBe(201);
    world.clock.advance(1);
    expect(await world.spend(second)).toMatchObject(USED);
  });

  test('has one answer if it was used, has ended or never was', async () => {
    const link = await world.link({ userId: 'seller' });
    await world.spend(link);

    const answers = await Promise.all([link, 'k'.repeat(43), '', 'k'].map(world.spend));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  test('to the settings needs the API key: no token makes one', async () => {
    for (const user of ['seller', undefined]) {
      const token = await world.tokenOf(user);
      const answer = await world.as(token, 'POST', '/v1/page-links', { settings: true });
      expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    }
    const settings = await world.tokenOf(undefined);
    expect((await world.as(settings, 'POST', '/v1/page-links', { userId: 'seller' })).status).toBe(201);
    const own = await world.tokenOf('seller');
    expect((await world.as(own, 'POST', '/v1/page-links', { userId: 'seller' })).status).toBe(201);
    expect((await world.as(own, 'POST', '/v1/page-links', { userId: 'head' })).status).toBe(403);
  });

  test('opens the chat that it names, in the words of the messenger, and gives no sight of it', async () => {
    const chat = { channelId: world.channel.channelId, chatType: 'whatsapp', chatId: '79001112233' };
    const link = await world.link({ userId: 'bare', activeChat: { ...chat, chatId: '+7 900 111-22-33' } });

    const { token } = contract.pageToken.parse((await world.spend(link)).body);
    const { scope } = contract.me.parse((await world.as(token, 'GET', '/v1/me')).body);
    expect(scope).toEqual({ kind: 'global', activeChat: chat });
    expect(await world.as(token, 'GET', world.pathOf('79001112233'))).toMatchObject({ status: 404 });
  });

  test('that opens a chat leaves a device that opens none by itself', async () => {
    const activeChat = { chatType: 'telegram', chatId: '5' };
    const headers = { origin: 'https://konvert.example' };
    const body = { link: await world.link({ userId: 'seller', activeChat }), device: true };

    const spent = await world.call('POST', '/v1/page-tokens', { headers, body });
    const [cookie = ''] = String(spent.headers['set-cookie']).split(';');
    const renewed = await world.call('POST', '/v1/page-tokens/renew', { headers: { ...headers, cookie } });

    expect(contract.pageToken.parse(spent.body).scope).toEqual({ kind: 'global', activeChat });
    expect(contract.pageToken.parse(renewed.body).scope).toEqual({ kind: 'global' });
  });

  test('is for a user who exists, or for the settings', async () => {
    const { apiKey: key } = world.account;
    const make = (body: unknown) => world.call('POST', '/v1/page-links', { key, body });

    expect(await make({ userId: 'ghost' })).toMatchObject({ status: 400, body: { error: 'INVALID_USER' } });
    const activeChat = { channelId: world.channel.channelId, chatType: 'telegram', chatId: '5' };
    for (const body of [
      {},
      { userId: 'seller', settings: true },
      { settings: false },
      { userId: '' },
      { settings: true, activeChat },
      { activeChat },
      { userId: 'seller', activeChat: { chatType: 'telegram' } },
    ])
      expect(await make(body)).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
  });
});
