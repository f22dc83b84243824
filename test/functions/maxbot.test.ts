import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_TOKEN, type MaxDouble, type MaxUpdate, startMax } from '#test/doubles/max';
import { type Street, startStreet } from '#test/functions/street';
import { createWorld, type World } from '#test/world';

/** Konvert and a MAX that call each other over HTTP. */
let world: World;
let max: MaxDouble;
let street: Street;
let channelId: string;

const DANA = 10001;

beforeEach(async () => {
  street = await startStreet(() => world);
  world = await createWorld();
  const { clock } = world;
  max = await startMax({
    looks: 0,
    // What MAX knows as Konvert's address leads to it.
    fetch: (url, init) => fetch(String(url).replace('https://konvert.example', street.url), init),
    clock: { now: clock.now, deadline: AbortSignal.timeout, pass: (ms) => clock.advance(ms) },
  });
  const credentials = { botToken: MAX_TOKEN, apiBaseUrl: max.baseUrl };
  const body = { transport: 'maxbot', name: 'Our bot', credentials };
  const connected = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
  expect(connected).toMatchObject({ status: 201, body: { state: 'active' } });
  ({ channelId } = connected.body as { channelId: string });
});

afterEach(async () => {
  await Promise.all([world.stop(), max.stop(), street.stop()]);
});

async function deliver(update: MaxUpdate): Promise<number[]> {
  const statuses = await max.deliver(update);
  await world.drain();
  return statuses;
}

const path = () => `/v1/chats/${channelId}/max/${DANA}`;
const get = async <T>(of: string) => (await world.call('GET', of, { key: world.account.apiKey })).body as T;
const chat = () => get<{ unansweredCount: number; contact: { name: string } }>(path());
const history = async () => (await get<{ messages: Record<string, unknown>[] }>(`${path()}/messages`)).messages;

async function reply(text: string): Promise<void> {
  const body = { channelId, chatType: 'max', chatId: String(DANA), text };
  expect(await world.call('POST', '/v3/message', { key: world.account.apiKey, body })).toMatchObject({ status: 201 });
  await world.drain();
}

describe('a MAX bot', () => {
  test('gets a message once, however often it is delivered, and answers it', async () => {
    const update = max.writes(DANA, { text: 'Open today?' });
    expect(await deliver(update)).toEqual([200]);
    expect(await deliver(update)).toEqual([200]);

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    await reply('Yes');

    expect(await chat()).toMatchObject({ unansweredCount: 0 });
    expect(max.taken).toMatchObject([{ userId: DANA, text: 'Yes' }]);
    expect((await history()).map(({ text }) => text)).toEqual(['Open today?', 'Yes']);
  });

  test('its own message that comes back is no line of its own, and answers nothing', async () => {
    await deliver(max.writes(DANA, { text: 'Open today?' }));
    await reply('Yes');
    const { mid } = max.taken[0]!;
    const sender = { user_id: 229229229, first_name: 'Konvert', is_bot: true };
    const recipient = { chat_id: 5_010_001, chat_type: 'dialog', user_id: DANA };
    const echo = max.writes(DANA, { mid, text: 'Yes' }, { sender, recipient, timestamp: max.taken[0]!.at });

    expect(await deliver(echo)).toEqual([200]);

    expect(await history()).toHaveLength(2);
  });

  // Trap 5: MAX's own client answers before it has worked. Here only what is stored is answered with 200.
  test('is not answered 200 before the message is stored, so that it comes again', async () => {
    const update = max.writes(DANA, { text: 'Open today?' });
    world.failing = ({ kind }) => kind !== 'GetCommand' && kind !== 'QueryCommand';
    expect(await deliver(update)).toEqual([500]);
    world.failing = undefined;

    expect(await deliver(update)).toEqual([200]);

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });

  // Trap 10: an unanswered press spins.
  test('hears a press, answers it off the path, and the client waits for an answer', async () => {
    await deliver(max.writes(DANA, { text: 'Open today?' }));
    await reply('Choose');
    world.clock.advance(5_000);
    const update = max.presses(DANA, 'y', max.taken[0]!.mid);

    expect(await deliver(update)).toEqual([200]);

    expect(max.answered.size).toBe(1);
    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    expect((await history()).at(-1)).toMatchObject({ text: 'y' });
  });

  test('a reply that fails gives the chat back, and can be sent again', async () => {
    await deliver(max.writes(DANA, { text: 'Open today?' }));
    max.stops(DANA);
    await reply('Yes');

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    expect((await history()).at(-1)).toMatchObject({ status: 'error', error: { error: 'chat.denied' } });

    max.person(DANA);
    await reply('Yes!');
    expect(max.taken).toMatchObject([{ text: 'Yes!' }]);
    expect(await chat()).toMatchObject({ unansweredCount: 0 });
  });

  test('another secret stores nothing', async () => {
    const body = JSON.stringify(max.writes(DANA, { text: 'Open today?' }));
    const headers = { 'x-max-bot-api-secret': 'a'.repeat(64) };

    expect(await world.call('POST', `/webhooks/maxbot/${channelId}`, { headers, body })).toMatchObject({ status: 401 });
    await world.drain();
    expect(await world.call('GET', path(), { key: world.account.apiKey })).toMatchObject({ status: 404 });
  });

  test('is disconnected at MAX with the channel', async () => {
    expect(max.subscriptions).toHaveLength(1);

    await world.call('DELETE', `/v1/channels/${channelId}`, { key: world.account.apiKey });

    expect(max.subscriptions).toEqual([]);
  });
});
