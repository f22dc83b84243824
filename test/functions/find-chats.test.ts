import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { type ChatListAnswer, createWorld, textUpdate, type World } from '#test/world';

let world: World;
let desk: Desk;
let lastId = 10_000;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'head', 'control', 'norole'].map((id) => ({ id, name: id })));
  await desk.give({ anna: 'seller with switch', boris: 'seller', head: 'manager', control: 'auditor' });
});

afterEach(() => world.stop());

async function contact(id: string, name: string, chatIds: number[], more: object = {}, responsibleUserId = 'anna') {
  const contactData = chatIds.map((chatId) => ({ chatType: 'telegram', chatId: String(chatId), ...more }));
  await desk.push('contacts', { id, name, responsibleUserId, contactData });
}

/** The client writes, by that name. */
async function write(chatId: number, name: string, username?: string, channel = world.channel): Promise<void> {
  lastId += 1;
  const update = textUpdate(chatId, 'hello', lastId, world.clock.now()) as { message: { from: object; chat: object } };
  const named = { first_name: name, ...(username !== undefined && { username }) };
  Object.assign(update.message.from, named);
  Object.assign(update.message.chat, named);
  expect((await world.webhook(update, { channel })).status).toBe(200);
  await world.drain();
  world.clock.advance(1_000);
}

async function find(text: string, user?: string, more = ''): Promise<ChatListAnswer> {
  const answer = await desk.ask('GET', `/v1/chats?find=${encodeURIComponent(text)}${more}`, undefined, user);
  expect(answer.status).toBe(200);
  return answer.body as ChatListAnswer;
}

const idsOf = async (text: string, user?: string) => (await find(text, user)).chats.map(({ chatId }) => chatId);

/** The ids of every page. */
async function pages(text: string, limit: number, user?: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: ChatListAnswer = await find(text, user, `&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    found.push(page.chats.map(({ chatId }) => chatId));
    cursor = page.nextCursor;
  }
  return found;
}

describe('a search finds', () => {
  test.each(['Алёна', 'алена', 'АЛЁНА СЕМ', 'ён', 'ова'])('a contact by %j, a part of its name', async (text) => {
    await contact('c1', 'Алёна Семёнова', [501]);
    await contact('c2', 'Pavel', [502]);
    await write(501, 'someone');
    await write(502, 'someone');

    expect(await idsOf(text)).toEqual(['501']);
  });

  test.each(['olga_k', '@Olga_K', 'OLGA_K'])('a username as %j', async (text) => {
    await write(501, 'Client', 'olga_k');
    await write(502, 'Client', 'olga_kk');

    expect(await idsOf(text)).toEqual(['501']);
  });

  test('an id exactly, and then no names', async () => {
    await write(501, 'Client 777');
    await write(777, 'Olga');

    expect(await idsOf('777')).toEqual(['777']);
    expect(await idsOf('77')).toEqual(['501']);
  });

  test.each(['79161234567', '+7 (916) 123-45-67', '7-916-123-45-67'])('a phone of a card as %j', async (text) => {
    await contact('c1', 'Olga', [501], { phone: '79161234567' });
    await write(501, 'someone');

    expect(await idsOf(text)).toEqual(['501']);
  });

  test('a client without a contact by the name that they have themselves', async () => {
    await write(501, 'Пётр');
    await contact('c2', 'Olga', [502]);
    await write(502, 'Пётр');

    // The second is shown by the name of the contact.
    expect(await idsOf('петр')).toEqual(['501']);
    expect(await idsOf('olga')).toEqual(['502']);
  });

  test('all chats of a contact, the longest waiting first, and the answered ones last (U7)', async () => {
    const second = await world.addChannel();
    await contact('c1', 'Olga', [501]);
    await contact('c2', 'Olga', [502]);
    await write(502, 'x');
    await write(501, 'x');
    await write(501, 'x', undefined, second);
    await world.reply(502, { seenUpTo: (await world.chat(502)).seenUpTo });
    await world.drain();

    const { chats } = await find('olga');

    expect(chats.map(({ channelId, chatId }) => [chatId, channelId])).toEqual([
      ['501', world.channel.channelId],
      ['501', second.channelId],
      ['502', world.channel.channelId],
    ]);
  });

  test('nothing of nobody', async () => {
    await write(501, 'Olga');

    expect(await find('Nobody')).toEqual({ chats: [] });
  });
});

describe('sight decides about each chat (R1)', () => {
  beforeEach(async () => {
    await contact('c1', 'Olga one', [501], {}, 'anna');
    await contact('c2', 'Olga two', [502], {}, 'boris');
    for (const id of [501, 502]) await write(id, 'x', `name_${id}`);
    await write(503, 'Olga three');
  });

  test.each([
    ['anna', ['501', '503']],
    ['boris', ['502']],
    ['head', ['501', '502', '503']],
    ['control', ['501', '502', '503']],
    ['norole', []],
  ])('%s finds %j', async (user, expected) => {
    expect((await idsOf('olga', user)).sort()).toEqual(expected);
    for (const id of ['501', '502', '503']) {
      expect(await idsOf(id, user)).toEqual(expected.filter((one) => one === id));
    }
    for (const id of ['501', '502']) {
      expect(await idsOf(`@name_${id}`, user)).toEqual(expected.filter((one) => one === id));
    }
  });

  test('nothing of another account', async () => {
    const other = await world.addAccount();
    const theirs = deskOf(world, other);

    expect((await theirs.ask('GET', '/v1/chats?find=olga')).body).toEqual({ chats: [] });
    expect((await theirs.ask('GET', '/v1/chats?find=501')).body).toEqual({ chats: [] });
  });
});

describe('pages', () => {
  beforeEach(async () => {
    for (let index = 0; index < 25; index += 1) {
      await contact(`c${index}`, `Olga ${index}`, [600 + index], {}, index % 2 === 0 ? 'anna' : 'boris');
      await write(600 + index, 'x');
    }
    for (let index = 0; index < 5; index += 1) await write(700 + index, `Olga ${index}`);
  });

  test.each([1, 7, 25, 30, 100])('of %i hold each chat once', async (limit) => {
    const found = await pages('olga', limit);

    expect(found.every((page) => page.length <= limit)).toBe(true);
    const all = [...Array.from({ length: 25 }, (_, i) => 600 + i), ...Array.from({ length: 5 }, (_, i) => 700 + i)];
    expect(found.flat().sort()).toEqual(all.map(String));
  });

  test('have a cursor that shows nothing and is good for the same search of the same user only', async () => {
    const { nextCursor = '' } = await find('olga', 'anna', '&limit=1');
    const ask = (text: string, user: string) =>
      desk.ask('GET', `/v1/chats?find=${text}&limit=1&cursor=${nextCursor}`, undefined, user);

    expect(Buffer.from(nextCursor, 'base64url').toString('latin1')).not.toMatch(/part|c\d/);
    expect((await ask('olga', 'anna')).status).toBe(200);
    for (const [text, user] of [
      ['olg', 'anna'],
      ['olga', 'boris'],
    ] as const) {
      expect(await ask(text, user)).toMatchObject({ status: 400, body: { data: { fields: ['cursor'] } } });
    }
  });
});

test('a request looks through ten thousand contacts, and says where to go on', async () => {
  const { accountId } = world.account;
  for (let index = 0; index < 10_020; index += 1) {
    const s = `x${String(index).padStart(5, '0')}`;
    const card = { name: `Client ${index}`, responsibleUserId: 'anna', contactData: [] };
    const Item = { p: `${accountId}#contacts`, s, card, deals: {}, ver: 'v' };
    world.db.apply(new PutCommand({ TableName: 'directory', Item }));
  }
  await contact('z', 'Olga', [501]);
  await write(501, 'x');

  const first = await find('olga');
  expect(first.chats).toEqual([]);
  const second = await find('olga', undefined, `&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ chats: [{ chatId: '501' }] });
  expect(second.nextCursor).toBeUndefined();
});

test.each([
  ['', 'find'],
  ['%20', 'find'],
  ['x'.repeat(101), 'find'],
  ['olga&cursor=abc', 'cursor'],
  ['olga&limit=0', 'limit'],
])('find=%s is 400', async (query, field) => {
  expect(await desk.ask('GET', `/v1/chats?find=${query}`)).toMatchObject({
    status: 400,
    body: { error: 'INVALID_REQUEST', data: { fields: [field] } },
  });
});
