import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { createMessengers } from '#channels/registry/messengers';
import { routes } from '#lib/routes';
import { createFetchers, type Fetchers } from '#local/polling/fetchers';
import { openOffsets } from '#local/polling/offsets';
import { withoutWebhooks } from '#local/polling/register-without-webhook';
import { createGateway } from '#local/server/gateway';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { PATIENCE_MS } from '#test/patience';
import { createWorld, type World } from '#test/world';

const DANA = 10001;
const DAY = 24 * 3_600_000;
const credentials = { botToken: MAX_TOKEN };

let world: World;
let max: MaxDouble;
let messengers: ReturnType<typeof createMessengers>;
let folder: string;
let running: Fetchers | undefined;

beforeEach(async () => {
  world = await createWorld();
  const { clock } = world;
  max = await startMax({
    takesHttp: true,
    clock: { now: clock.now, deadline: AbortSignal.timeout, pass: (ms) => clock.advance(ms) },
  });
  messengers = createMessengers({ apiUrls: { maxbot: max.baseUrl } });
  folder = await mkdtemp(join(tmpdir(), 'konvert-offsets-'));
  await world.store.channels.create({
    channelId: 'own-bot',
    account: world.account.accountId,
    transport: 'maxbot',
    name: 'Own bot',
    plainId: 'konvert_bot',
    credentials,
    webhookSecret: 's3cret',
  });
  return async () => {
    await stop();
    await Promise.all([world.stop(), max.stop()]);
    await rm(folder, { recursive: true });
    expect(JSON.stringify(world.logs)).not.toContain(MAX_TOKEN);
  };
});

/** Fetches as a run of `npm start` does. */
async function start(): Promise<void> {
  running = createFetchers({
    gateway: createGateway(routes, world.app.routes),
    messengerFor: messengers.messengerFor,
    load: (channelId) => world.store.channels.get(channelId),
    channels: world.store.channels,
    offsets: await openOffsets(join(folder, 'offsets.json'), world.clock),
    tell: () => {},
    log: () => {},
    waits: { first: 5, most: 20, elsewhere: 20 },
  });
  running.look('own-bot');
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

async function texts(): Promise<string[]> {
  await world.drain();
  const path = `/v1/chats/own-bot/max/${DANA}/messages`;
  const { body } = await world.call('GET', path, { key: world.account.apiKey });
  return ((body as { messages?: { text: string }[] }).messages ?? []).map(({ text }) => text);
}

const says = (text: string) => max.deliver(max.writes(DANA, { text }));
const untilTexts = (...expected: string[]) =>
  vi.waitFor(async () => expect(await texts()).toEqual(expected), { timeout: PATIENCE_MS, interval: 5 });

test('what MAX keeps is fetched in order, also after a day without a run', async () => {
  await says('one');
  await start();
  await untilTexts('one');
  await stop();
  world.clock.advance(2 * DAY);
  await says('two');
  await says('three');

  // Without the old mark MAX would tell the last of them only.
  await start();

  await untilTexts('one', 'two', 'three');
});

test('a subscription of another program is taken over only if that is wanted', async () => {
  const there = { method: 'POST', headers: { authorization: MAX_TOKEN, 'content-type': 'application/json' } };
  await fetch(`${max.baseUrl}/subscriptions`, { ...there, body: JSON.stringify({ url: 'https://crm.example/max' }) });
  const maxbot = await withoutWebhooks(messengers, () => false).messengerFor('maxbot');
  const channel = { credentials, webhookSecret: 's3cret' };
  const url = 'http://localhost:3000/webhooks/maxbot/own-bot';

  await expect(maxbot!.setup.register(channel, url)).rejects.toMatchObject({ webhookHost: 'crm.example' });
  expect(max.subscriptions).toHaveLength(1);

  await maxbot!.setup.register(channel, url, { takeOver: true });
  expect(max.subscriptions).toEqual([]);
});
