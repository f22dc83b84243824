import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
});

afterEach(() => world.stop());

const SELLER = { id: 'seller' };
const address = (chatId: number | string, more: object = {}) => ({ chatType: 'telegram', chatId, ...more });

function frame(body: unknown, key = world.account.apiKey) {
  return world.call('POST', '/v3/iframe', { key, body });
}

/** The token of a card of those addresses, for the seller. */
async function cardOf(filter: readonly unknown[], more: object = {}): Promise<string> {
  const link = await world.link({ user: SELLER, scope: 'card', filter, ...more }, '/v3/iframe');
  return ((await world.spend(link)).body as { token: string }).token;
}

async function listOf(token: string, query = ''): Promise<{ ids: string[]; nextCursor?: string }> {
  const { status, body } = await world.as(token, 'GET', `/v1/chats?${query}`);
  expect(status).toBe(200);
  const { chats, ...rest } = body as { chats: { chatId: string }[]; nextCursor?: string };
  return { ids: chats.map(({ chatId }) => chatId), ...rest };
}

async function scopeOf(token: string): Promise<unknown> {
  return ((await world.as(token, 'GET', '/v1/me')).body as { scope: unknown }).scope;
}

describe('P1 the page of a card', () => {
  test('lists the chats of its addresses, on all channels, in the order of urgency', async () => {
    const second = await world.addChannel();
    await world.call('PUT', `/v1/settings/channels/${second.channelId}`, {
      key: world.account.apiKey,
      body: { newClients: { mode: 'first-reply' }, userRoles: [{ userId: 'seller', role: 'seller' }] },
    });
    await world.say(1, 'first');
    world.clock.advance(1_000);
    await world.say(2, 'second');
    world.clock.advance(1_000);
    await world.say(1, 'first again', { channel: second });
    world.clock.advance(1_000);
    await world.say(3, 'third');

    const token = await cardOf([address(2), address('1'), address(9)]);

    expect((await listOf(token)).ids).toEqual(['1', '2', '1']);
    // The list of the page for all chats has the others as well.
    expect((await listOf(await world.tokenOf('seller'))).ids).toEqual(['1', '2', '1', '3']);
  });

  test('is a view and no right: what its user may not see, it does not list', async () => {
    await world.say(1, 'hello');
    await world.call('POST', '/v3/contacts', {
      key: world.account.apiKey,
      body: [{ id: 'c', name: 'C', responsibleUserId: 'head', contactData: [address('1')] }],
    });
    await world.drain();
    const token = await cardOf([address(1)]);

    expect((await listOf(token)).ids).toEqual([]);
    expect((await world.as(token, 'GET', world.pathOf(1))).status).toBe(404);
  });

  test('is a view and no wall: its user opens other chats that they see', async () => {
    await world.say(1, 'hello');
    expect((await world.as(await cardOf([address(9)]), 'GET', world.pathOf(1))).status).toBe(200);
  });

  test('lists in pages, and the unanswered alone', async () => {
    for (const chat of [1, 2, 3, 4]) {
      await world.say(chat, 'hello');
      world.clock.advance(1_000);
    }
    for (const chat of [2, 4]) {
      await world.noReplyNeeded(chat, { noReplyNeeded: true, seenUpTo: (await world.history(chat)).seenUpTo });
      await world.drain();
      world.clock.advance(1_000);
    }
    const token = await cardOf([1, 2, 3, 4].map((chat) => address(chat)));

    expect((await listOf(token)).ids).toEqual(['1', '3', '4', '2']);
    expect((await listOf(token, 'view=unanswered')).ids).toEqual(['1', '3']);
    // A chat that became unanswered while the list is read may come twice.
    world.clock.advance(10_000);
    const pages: string[][] = [];
    for (let cursor = ''; ; ) {
      const { ids, nextCursor } = await listOf(token, `limit=1${cursor}`);
      pages.push(ids);
      if (nextCursor === undefined) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(pages).toEqual([['1'], ['3'], ['4'], ['2']]);
  });

  test('names its addresses in the form that messengers write, and the chat to open', async () => {
    const token = await cardOf(
      [
        { chatType: 'whatsapp', chatId: '+7 (900) 111-22-33', name: 'Anna' },
        { chatType: 'telegram', chatId: null, phone: 79001112233, username: null },
        { chatType: 'telegram', username: 'anna' },
        address(51, { name: '' }),
      ],
      {
        activeChat: { channelId: world.channel.channelId, chatType: 'telegram', chatId: 51 },
        options: { clientType: 'own', useDealsEvents: true, useMessageEvents: false, extra: 1 },
      },
    );

    expect(await scopeOf(token)).toEqual({
      kind: 'card',
      filter: [
        { chatType: 'whatsapp', chatId: '79001112233', name: 'Anna' },
        { chatType: 'telegram', chatId: '79001112233' },
        { chatType: 'telegram', chatId: '51' },
      ],
      activeChat: { channelId: world.channel.channelId, chatType: 'telegram', chatId: '51' },
      useDealsEvents: true,
    });
  });
});

describe('P4 POST /v3/iframe takes what existing clients send:', () => {
  test.each<[what: string, body: object]>([
    ['ids as numbers', { user: { id: 17 }, scope: 'global' }],
    ['a name of the user, of which the stored one is used', { user: { id: '17', name: 'Other' }, scope: 'global' }],
    ['null for what is left out', { user: { id: 17, name: null }, scope: 'global', filter: null, activeChat: null }],
    ['empty texts', { user: { id: 17, name: '' }, scope: 'global', options: { clientType: '' } }],
    ['a filter beside all chats', { user: { id: 17 }, scope: 'global', filter: [address(1)] }],
    ['a card without addresses', { user: { id: 17 }, scope: 'card', filter: [] }],
    ['fields that nobody knows', { user: { id: 17, email: 'a@crm.example' }, scope: 'global', theme: 'dark' }],
  ])('%s', async (_, body) => {
    await world.call('POST', '/v3/users', { key: world.account.apiKey, body: [{ id: 17, name: 'Anna' }] });
    const answer = await frame(body);
    expect(answer).toMatchObject({ status: 200, body: { url: expect.stringContaining('#k=') } });

    const secret = String((answer.body as { url: string }).url).slice(-43);
    const { token } = (await world.spend(secret)).body as { token: string };
    expect(await world.as(token, 'GET', '/v1/me')).toMatchObject({ body: { user: { id: '17', name: 'Anna' } } });
  });
});

describe('POST /v3/iframe refuses as Wazzup does, with the code in an object:', () => {
  test.each<[what: string, code: string, body: unknown]>([
    ['a user who was not pushed', 'INVALID_USER', { user: { id: 'ghost', name: 'New' }, scope: 'global' }],
    ['no user', 'INVALID_REQUEST', { scope: 'global' }],
    ['a user without an id', 'INVALID_REQUEST', { user: { name: 'Anna' }, scope: 'global' }],
    ['an unknown scope', 'INVALID_REQUEST', { user: SELLER, scope: 'deal' }],
    ['a card without a filter', 'INVALID_REQUEST', { user: SELLER, scope: 'card' }],
    ['101 addresses', 'INVALID_REQUEST', { user: SELLER, scope: 'card', filter: Array(101).fill(address(1)) }],
    ['a long id', 'INVALID_REQUEST', { user: SELLER, scope: 'card', filter: [address('1'.repeat(257))] }],
    ['no JSON', 'INVALID_JSON', '{'],
  ])('%s', async (_, code, body) => {
    const answer = await frame(body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code }, description: expect.any(String) } });
  });

  test('a user, and the key of nobody as everywhere', async () => {
    const body = { user: SELLER, scope: 'global' };
    expect(await frame(body, 'f'.repeat(64))).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(await frame(body, await world.tokenOf('seller'))).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
  });
});
