import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import * as contract from '#api/health-routes';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { MOST_LANES } from '#flows/health/read-health';
import { answer, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

const WELL = { oldestUnanswered: null, waitingWithoutAnybody: { count: 0, since: null }, lanes: [] };
const MINUTE = 60_000;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris'].map((id) => ({ id, name: id })));
});

afterEach(() => world.stop());

async function health(key = world.account.apiKey): Promise<z.infer<typeof contract.accountHealth>> {
  const { status, body } = await world.call('GET', '/v1/health', { key });
  expect(status).toBe(200);
  expect(contract.accountHealth.parse(body)).toEqual(body);
  return body as z.infer<typeof contract.accountHealth>;
}

const at = (ms: number) => new Date(START + ms).toISOString();
const targetOf = (chatId: number) => `${world.channel.channelId}#telegram#${chatId}`;

test('an account in which nothing waits is well', async () => {
  expect(await health()).toEqual(WELL);
});

describe('who has waited longest', () => {
  test('is told by name, over all channels, until somebody answers', async () => {
    const other = await world.addChannel(world.account);
    await world.say(1, 'hello', { channel: other });
    world.clock.advance(MINUTE);
    await world.say(2, 'hello');
    world.clock.advance(MINUTE);

    expect((await health()).oldestUnanswered).toEqual({
      channelId: other.channelId,
      chatType: 'telegram',
      chatId: '1',
      name: 'Client 1',
      since: at(0),
    });

    await world.call('POST', '/v3/message', {
      key: world.account.apiKey,
      body: { channelId: other.channelId, chatType: 'telegram', chatId: '1', text: 'hi' },
    });
    await world.drain();
    expect((await health()).oldestUnanswered).toMatchObject({ chatId: '2', since: at(MINUTE) });
    await world.noReplyNeeded(2, { noReplyNeeded: true, seenUpTo: (await world.chat(2)).seenUpTo });
    await world.drain();
    expect((await health()).oldestUnanswered).toBeNull();
  });

  test('is also in a channel that was deleted, because they stand in lists', async () => {
    await world.say(1, 'hello');
    await desk.ask('DELETE', `/v1/channels/${world.channel.channelId}`);

    expect((await health()).oldestUnanswered).toMatchObject({ chatId: '1' });
  });
});

describe('R3 who waits without anybody', () => {
  test('is in a pool: nobody is responsible, or nobody of them may write', async () => {
    await desk.give({ anna: 'seller' });
    const contact = (client: number, userId: string) => ({
      id: `c${client}`,
      responsibleUserId: userId,
      name: `Card ${client}`,
      contactData: [{ chatType: 'telegram', chatId: String(client) }],
    });
    await desk.push('contacts', contact(1, 'anna'), contact(2, 'boris'));
    for (const client of [1, 2, 3]) {
      await world.say(client, 'hello');
      world.clock.advance(MINUTE);
    }

    expect((await health()).waitingWithoutAnybody).toEqual({ count: 2, since: at(MINUTE) });

    await desk.give({ anna: 'seller', boris: 'seller' });
    expect((await health()).waitingWithoutAnybody).toEqual({ count: 1, since: at(2 * MINUTE) });
    await world.reply(3, { crmUserId: 'anna' });
    await world.drain();
    expect((await health()).waitingWithoutAnybody).toEqual({ count: 0, since: null });
  });
});

describe('C1 what does not leave', () => {
  async function unreachable(chatId: number): Promise<void> {
    world.bot.answerNext('sendMessage', { status: 502, body: 'Bad gateway' });
    await world.reply(chatId);
    await world.drain();
  }

  test('a reply that waits, with why and until when', async () => {
    await unreachable(5);
    await world.reply(5);
    await world.drain();

    expect((await health()).lanes).toEqual([
      {
        target: targetOf(5),
        kind: 'reply',
        waiting: 2,
        since: at(0),
        nextAttemptAt: at(5_000),
        lastError: { code: 'UNREACHABLE', description: expect.any(String) },
      },
    ]);

    await world.pass(5_000);
    expect((await health()).lanes).toEqual([]);
  });

  test('not what is on its way, but what nobody calls for ten seconds', async () => {
    await world.reply(5);
    await world.drain({ deliver: false });
    world.dropBells();

    expect((await health()).lanes).toEqual([]);
    world.clock.advance(10_000);
    expect((await health()).lanes).toMatchObject([{ target: targetOf(5), waiting: 1, since: at(0) }]);
  });

  test('the longest waiting first, and no more than a page can show', async () => {
    const clients = Array.from({ length: MOST_LANES + 5 }, (_, index) => 100 + index);
    for (const client of clients) {
      await unreachable(client);
      world.clock.advance(1);
    }
    world.clock.advance(10_000);

    const { lanes, moreLanes } = await health();

    expect(moreLanes).toBe(true);
    expect(lanes.map(({ target }) => target)).toEqual(clients.slice(0, MOST_LANES).map(targetOf));
  });

  test('I6 nothing of another account, though its lanes stand in the same index', async () => {
    await world.say(5, 'hello');
    await unreachable(5);
    const other = await world.addAccount();
    await world.addChannel(other);

    expect(await health(other.apiKey)).toEqual(WELL);
  });
});

describe('events that their receiver does not take', () => {
  let receiver: ReceiverDouble;

  beforeEach(async () => {
    receiver = await startReceiver();
    const before = await world.store.receivers.now(world.account.accountId);
    const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses: true };
    const registration = { uri: receiver.url, subscriptions, signing: [], endedAt: undefined };
    await world.store.receivers.save(before, registration, 'key-1');
    world.clock.advance(10_000);
  });

  afterEach(() => receiver.stop());

  test('wait together, with its answer', async () => {
    receiver.rule = () => answer(503);
    for (const client of [1, 2]) await world.say(client, 'hello');

    const { lanes } = await health();

    expect(lanes).toEqual([
      {
        target: 'webhook',
        kind: 'event',
        waiting: 2,
        since: at(10_000),
        nextAttemptAt: expect.any(String),
        lastError: { code: '503', description: expect.any(String) },
      },
    ]);
    receiver.rule = () => answer(200);
    await world.pass(60_000);
    expect((await health()).lanes).toEqual([]);
  });

  test('apart, if they were set aside because of one client', async () => {
    receiver.rule = ({ body }) => answer(JSON.stringify(body).includes('poison') ? 400 : 200);
    await world.say(1, 'poison');
    for (let round = 0; round < 12; round += 1) {
      await world.say(2, `fine ${round}`);
      await world.pass(MINUTE);
    }

    expect((await health()).lanes).toMatchObject([
      { target: 'webhook', waiting: 1, setAside: true, since: at(10_000) },
    ]);
  });
});
