import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import type { newestInChannel } from '#api/channel-routes';
import { createWorld, START, type World } from '#test/world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function newest(channelId = world.channel.channelId) {
  const { status, body } = await world.call('GET', `/v1/channels/${channelId}/newest-message`, {
    key: world.account.apiKey,
  });
  expect(status).toBe(200);
  return (body as z.infer<typeof newestInChannel>).newest;
}

/** The newest message of the chat's history. */
async function lastOf(chat: number) {
  const { messages } = await world.history(chat);
  return messages.at(-1)!;
}

/** That this client wrote last, by the newest message of their history. */
async function expectNewest(chat: number): Promise<void> {
  const { messageId, dateTime, chatId } = await lastOf(chat);
  expect(await newest()).toMatchObject({ messageId, chatType: 'telegram', chatId, sentAt: dateTime });
}

test('before anybody has written there is none', async () => {
  expect(await newest()).toBeNull();
});

describe('the newest message of a client is told', () => {
  test('in a brand-new chat, with who wrote and when', async () => {
    await world.say(5, 'hello', { at: START - 2 * SECOND });

    expect(await newest()).toEqual({
      messageId: (await lastOf(5)).messageId,
      chatType: 'telegram',
      chatId: '5',
      name: expect.stringContaining(' '),
      sentAt: new Date(START - 2 * SECOND).toISOString(),
      storedAt: new Date(START).toISOString(),
    });
  });

  test('in a chat that was answered long ago, and in one that was answered a minute ago', async () => {
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain();
    world.clock.advance(DAY);
    await world.say(6, 'hello');
    await world.reply(6);
    await world.drain();
    world.clock.advance(MINUTE);
    await world.say(5, 'hello');
    await expectNewest(5);

    world.clock.advance(MINUTE);
    await world.say(6, 'hello');
    await expectNewest(6);
  });

  test('in a chat that waits already, before others that began to wait later', async () => {
    await world.say(5, 'hello');
    world.clock.advance(DAY);
    for (const chat of [6, 7, 8]) await world.say(chat, 'hello');
    world.clock.advance(MINUTE);
    await world.say(5, 'hello');

    await expectNewest(5);
  });

  test('in a chat that was answered at once, although its place lags by up to ten minutes', async () => {
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain();
    world.clock.advance(5 * MINUTE);
    await world.say(6, 'hello');
    await world.reply(6);
    await world.drain();
    world.clock.advance(4 * MINUTE);
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain();

    const { messages } = await world.history(5);
    expect(await newest()).toMatchObject({ messageId: messages.findLast(({ isEcho }) => !isEcho)!.messageId });
  });

  test('and no reply of the team, no chat that only the team wrote in, and nothing of another channel', async () => {
    const second = await world.addChannel();
    await world.say(5, 'hello');
    world.clock.advance(MINUTE);
    await world.reply(5);
    await world.say(6, 'there', { channel: second });
    await world.drain();

    expect(await newest()).toMatchObject({ chatId: '5' });
    expect(await newest(second.channelId)).toMatchObject({ chatId: '6' });
  });
});

test('it costs no more than the rows of a hundred chats, however many wait', async () => {
  for (let chat = 1; chat <= 130; chat += 1) {
    await world.say(chat, 'hello');
    world.clock.advance(11 * MINUTE);
  }
  const read: number[] = [];
  world.failing = ({ kind, input }) => {
    const { RequestItems = {} } = input as { RequestItems?: Record<string, { Keys: unknown[] }> };
    if (kind === 'BatchGetCommand') read.push(...Object.values(RequestItems).map(({ Keys }) => Keys.length));
    return false;
  };
  expect(await newest()).toMatchObject({ chatId: '130' });

  expect(read.length).toBeGreaterThan(0);
  expect(Math.max(...read)).toBeLessThanOrEqual(100);
});

test('a deleted channel, another account’s and one that never was are 404', async () => {
  const gone = await world.addChannel();
  await world.call('DELETE', `/v1/channels/${gone.channelId}`, { key: world.account.apiKey });
  const other = await world.addAccount();
  const ask = (channelId: string, key = world.account.apiKey) =>
    world.call('GET', `/v1/channels/${channelId}/newest-message`, { key });

  expect(await ask(gone.channelId)).toMatchObject({ status: 404, body: { error: 'CHANNEL_NOT_FOUND' } });
  expect(await ask('none')).toMatchObject({ status: 404 });
  expect(await ask(world.channel.channelId, other.apiKey)).toMatchObject({ status: 404 });
});
