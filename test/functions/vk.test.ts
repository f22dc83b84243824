import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startVk, type VkDouble } from '#test/doubles/vk';
import type { VkPerson } from '#test/doubles/vk/world';
import { type Street, startStreet } from '#test/functions/street';
import { createWorld, type World } from '#test/world';

/** Konvert and a VK that call each other over HTTP. */
let world: World;
let vk: VkDouble;
let street: Street;
let channelId: string;
let anna: VkPerson;

beforeEach(async () => {
  street = await startStreet(() => world);
  world = await createWorld();
  const { clock } = world;
  vk = await startVk({
    // What VK knows as Konvert's address leads to it.
    fetch: (url, init) => fetch(String(url).replace('https://konvert.example', street.url), init),
    clock: { now: clock.now, deadline: AbortSignal.timeout, pass: (ms) => clock.advance(ms) },
  });
  anna = vk.person();
  const credentials = { groupId: String(vk.groupId), accessToken: vk.token, apiBaseUrl: vk.baseUrl };
  const body = { transport: 'vk', name: 'Our community', credentials };
  const connected = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
  expect(connected).toMatchObject({ status: 201, body: { state: 'active' } });
  ({ channelId } = connected.body as { channelId: string });
  clock.advance(1_000);
});

afterEach(async () => {
  await Promise.all([world.stop(), vk.stop(), street.stop()]);
});

async function deliver(): Promise<void> {
  for (const { isTaken } of await vk.deliver()) expect(isTaken).toBe(true);
  await world.drain();
}

const path = () => `/v1/chats/${channelId}/vk/${anna.id}`;
const get = async <T>(of: string) => (await world.call('GET', of, { key: world.account.apiKey })).body as T;
const unanswered = async () => (await get<{ unansweredCount: number }>(path())).unansweredCount;
const history = async () =>
  (await get<{ messages: { text?: string; status?: string }[] }>(`${path()}/messages`)).messages.map(
    ({ text, status }) => [text, status],
  );

async function reply(text: string): Promise<void> {
  const body = { channelId, chatType: 'vk', chatId: String(anna.id), text };
  expect(await world.call('POST', '/v3/message', { key: world.account.apiKey, body })).toMatchObject({ status: 201 });
  await world.drain();
}

describe('a VK community', () => {
  test('is confirmed while it is connected, and silent once the channel is deleted', async () => {
    expect(vk.servers).toMatchObject([{ status: 'ok', url: `https://konvert.example/webhooks/vk/${channelId}` }]);
    await world.call('DELETE', `/v1/channels/${channelId}`, { key: world.account.apiKey });

    expect(vk.servers).toEqual([]);
  });

  test('gets our reply once, its echo is no second one, and what was read is told by number', async () => {
    vk.writes(anna, 'Open today?');
    await deliver();
    expect(await unanswered()).toBe(1);

    await reply('Until nine');
    await deliver();
    await reply('And tomorrow');
    vk.reads(anna, 2);
    await deliver();

    expect(await history()).toEqual([
      ['Open today?', 'inbound'],
      ['Until nine', 'read'],
      ['And tomorrow', 'sent'],
    ]);
    expect(await unanswered()).toBe(0);
  });

  test('hears that a reply was read before its send is recorded', async () => {
    vk.writes(anna, 'Open today?');
    vk.reads(anna, 2);
    await deliver();

    await reply('Until nine');

    expect((await history()).at(-1)).toEqual(['Until nine', 'read']);
  });

  test('U3 what an administrator writes answers, what another program writes does not', async () => {
    const program = { from_id: -vk.groupId, peer_id: anna.id, out: 1, random_id: 5, attachments: [] };
    vk.writes(anna, 'Open today?');
    vk.tell('message_reply', {
      ...program,
      conversation_message_id: 99,
      date: Math.floor(world.clock.now() / 1000) + 10,
      text: 'We will answer soon',
    });
    await deliver();
    expect(await unanswered()).toBe(1);

    world.clock.advance(20_000);
    vk.adminWrites(anna, 'Until nine');
    await deliver();

    expect(await unanswered()).toBe(0);
  });

  test('a person who takes no messages: the reply fails, and the chat waits again', async () => {
    vk.writes(anna, 'Open today?');
    await deliver();
    anna.mayBeWritten = false;

    await reply('Until nine');

    expect((await history()).at(-1)).toEqual(['Until nine', 'error']);
    expect(await unanswered()).toBe(1);
  });

  test('a pressed button is acknowledged', async () => {
    vk.writes(anna, 'Open today?');
    const event = vk.presses(anna, { t: 'Yes', p: 'y' }, 1);
    await deliver();

    const acknowledged = vk.calls.filter(({ method }) => method === 'messages.sendMessageEventAnswer');
    expect(acknowledged.map(({ body }) => body.event_id)).toEqual([event]);
  });
});
