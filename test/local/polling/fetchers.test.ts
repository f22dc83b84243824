import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectedElsewhereError } from '#channels/errors';
import { createMessengers, type Messengers } from '#channels/registry/messengers';
import type { Credentials } from '#channels/terms';
import { routes } from '#lib/routes';
import { createFetchers, type Fetchers } from '#local/polling/fetchers';
import { type Offsets, openOffsets } from '#local/polling/offsets';
import { withoutWebhooks } from '#local/polling/register-without-webhook';
import { createGateway } from '#local/server/gateway';
import type { Log } from '#log';
import type { Channel, NewChannel, OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { type BotApiDouble, conflict, type WaitingUpdate } from '#test/channels/telegram/bot-api-double';
import { PATIENCE_MS } from '#test/patience';
import { BOT_TOKEN, createWorld, START, textUpdate, type World } from '#test/world';

const CHAT = 5;
const WAITS = { first: 5, most: 20, elsewhere: 20 };
const CREDENTIALS = { botToken: BOT_TOKEN };
const OTHER_TOKEN = BOT_TOKEN.replace('7000000001', '7000000002');

let world: World;
let bot: BotApiDouble;
let messengers: Messengers;
let told: string[];
let logs: Parameters<Log>[0][];
let folder: string;
let started: Fetchers[];

beforeEach(async () => {
  world = await createWorld();
  bot = world.bot;
  // Connecting the world's own channel has set a webhook, which these tests do not need.
  bot.webhookUrl = '';
  messengers = createMessengers({ apiUrls: { telegram: bot.baseUrl } });
  [told, logs, started] = [[], [], []];
  folder = await mkdtemp(join(tmpdir(), 'konvert-offsets-'));
  return async () => {
    for (const fetchers of started) await fetchers.stop();
    await world.stop();
    await rm(folder, { recursive: true });
    const shown = JSON.stringify([told, logs, world.logs]);
    expect(shown).not.toContain(BOT_TOKEN.split(':')[1]);
    expect(shown).not.toContain('secret-path');
  };
});

/** Makes a channel that speaks to Telegram itself. */
async function makeChannel(fields: Partial<NewChannel> = {}): Promise<NewChannel> {
  const channel: NewChannel = {
    channelId: 'own-bot',
    account: world.account.accountId,
    transport: 'telegram',
    name: 'Own bot',
    plainId: 'own_bot',
    credentials: CREDENTIALS,
    webhookSecret: 's3cret',
    ...fields,
  };
  await world.store.channels.create(channel);
  return channel;
}

async function startFetchers(offsets?: Offsets): Promise<Fetchers> {
  const fetchers = createFetchers({
    gateway: createGateway(routes, world.app.routes),
    messengerFor: messengers.messengerFor,
    load: (channelId) => world.store.channels.get(channelId),
    channels: world.store.channels,
    offsets: offsets ?? (await openOffsets(join(folder, 'offsets.json'), world.clock)),
    tell: (line) => told.push(line),
    log: (entry) => logs.push(entry),
    waits: WAITS,
  });
  started.push(fetchers);
  return fetchers;
}

async function fetchOwnBot(fields?: Partial<NewChannel>): Promise<Fetchers> {
  await makeChannel(fields);
  const fetchers = await startFetchers();
  fetchers.look('own-bot');
  return fetchers;
}

function says(id: number, text: string): WaitingUpdate {
  return textUpdate(CHAT, text, id, START + id * 1000) as WaitingUpdate;
}

/** The texts in the history of the chat, the oldest first. */
async function texts(): Promise<string[]> {
  await world.drain();
  const path = `/v1/chats/own-bot/telegram/${CHAT}/messages`;
  const { body } = await world.call('GET', path, { key: world.account.apiKey });
  return ((body as { messages?: { text: string }[] }).messages ?? []).map(({ text }) => text);
}

function callsOf(method: string): Record<string, unknown>[] {
  return bot.calls.filter((call) => call.method === method).map(({ body }) => body as Record<string, unknown>);
}

async function stateOf(channelId = 'own-bot'): Promise<Channel['state'] | undefined> {
  const { body } = await world.call('GET', '/v3/channels', { key: world.account.apiKey });
  return (body as Channel[]).find((channel) => channel.channelId === channelId)?.state;
}

const eventually = { timeout: PATIENCE_MS, interval: 2 };
const waitFor = <T>(ask: () => T) => vi.waitFor(ask, eventually);

describe('an update that is fetched', () => {
  test('goes through the webhook in order, and is confirmed once it is stored', async () => {
    bot.push(says(1, 'one'), says(2, 'two'), says(3, 'three'));

    await fetchOwnBot();

    await waitFor(async () => expect(await texts()).toEqual(['one', 'two', 'three']));
    await waitFor(() => expect(bot.waiting).toEqual([]));
    bot.push(says(4, 'four'));
    await waitFor(async () => expect(await texts()).toEqual(['one', 'two', 'three', 'four']));
    const [first, second] = callsOf('getUpdates');
    expect(first).toEqual({ timeout: 30, allowed_updates: expect.arrayContaining(['message', 'business_message']) });
    expect(second).toMatchObject({ offset: 4 });
    expect(world.logs).toContainEqual(expect.objectContaining({ channelId: 'own-bot', status: 200 }));
  });

  test('is kept, with all behind it, until it can be stored', async () => {
    world.failing = ({ kind, input }) => kind === 'PutCommand' && JSON.stringify(input).includes('"two"');
    bot.push(says(1, 'one'), says(2, 'two'), says(3, 'three'));

    await fetchOwnBot();

    const kept = { channelId: 'own-bot', update: 2, polling: 'kept', status: 500 };
    await waitFor(() => expect(logs.slice(-3)).toEqual([kept, kept, kept]));
    expect(bot.waiting.map(({ update_id }) => update_id)).toEqual([2, 3]);
    expect(await texts()).toEqual(['one']);
    world.failing = undefined;
    await waitFor(async () => expect(await texts()).toEqual(['one', 'two', 'three']));
  });

  test('is skipped if the webhook can never read it', async () => {
    bot.push({ update_id: 1, message: 'a text' }, says(2, 'two'), {
      update_id: 3,
      message: { text: 'x'.repeat(2 ** 20) },
    });
    bot.push(says(4, 'four'));

    await fetchOwnBot();

    await waitFor(async () => expect(await texts()).toEqual(['two', 'four']));
    await waitFor(() => expect(bot.waiting).toEqual([]));
    expect(logs.filter(({ polling }) => polling === 'skipped')).toMatchObject([
      { update: 1, status: 400 },
      { update: 3, status: 413 },
    ]);
  });

  test('may have a smaller id than the last, because the offset is dropped after a day', async () => {
    bot.push(says(900, 'before'));
    await fetchOwnBot();
    await waitFor(() => expect(bot.waiting).toEqual([]));
    await waitFor(() => expect(callsOf('getUpdates').at(-1)).toMatchObject({ offset: 901 }));

    world.clock.advance(24 * 3_600_000);
    bot.endWait();
    await waitFor(() => expect(callsOf('getUpdates').at(-1)).not.toHaveProperty('offset'));
    bot.push(says(7, 'after'));

    await waitFor(async () => expect(await texts()).toContain('after'));
  });
});

describe('the offset', () => {
  test('of the last run is the first of the next one', async () => {
    bot.push(says(1, 'one'));
    const before = await fetchOwnBot();
    await waitFor(() => expect(bot.waiting).toEqual([]));
    await before.stop();
    const calls = bot.calls.length;

    (await startFetchers()).look('own-bot');

    await waitFor(() => expect(bot.calls.length).toBeGreaterThan(calls + 1));
    expect(bot.calls.slice(calls).find(({ method }) => method === 'getUpdates')?.body).toMatchObject({ offset: 2 });
  });

  test('may be lost in a crash: updates are fetched again and recognised (U1)', async () => {
    const forgetful: Offsets = { of: () => undefined, set: async () => {} };
    await makeChannel();
    bot.push(says(1, 'one'), says(2, 'two'));
    const before = await startFetchers(forgetful);
    before.look('own-bot');
    await waitFor(() => expect(callsOf('getUpdates').length).toBeGreaterThan(2));
    await before.stop();
    expect(bot.waiting).toHaveLength(2);

    (await startFetchers()).look('own-bot');

    await waitFor(() => expect(bot.waiting).toEqual([]));
    expect(await texts()).toEqual(['one', 'two']);
  });

  test('counts for a day, and for its own bot only', async () => {
    const file = join(folder, 'offsets.json');
    const offsets = await openOffsets(file, world.clock);
    await offsets.set('7', 41);
    world.clock.advance(24 * 3_600_000 - 1);
    await offsets.set('8', 3);

    const reopened = await openOffsets(file, world.clock);
    expect(['7', '8', '9'].map((account) => reopened.of(account))).toEqual([41, 3, undefined]);
    world.clock.advance(1);
    expect(['7', '8'].map((account) => reopened.of(account))).toEqual([undefined, 3]);
  });
});

describe('a bot that another program uses', () => {
  const elsewhere = 'https://crm.example.com/secret-path';

  test('keeps a webhook that leads elsewhere: the channel is openelsewhere until it is gone', async () => {
    bot.webhookUrl = elsewhere;
    bot.push(says(1, 'one'));

    await fetchOwnBot();

    await waitFor(async () => expect(await stateOf()).toBe('openelsewhere'));
    await waitFor(() => expect(callsOf('getWebhookInfo').length).toBeGreaterThan(2));
    expect(told).toEqual([expect.stringContaining("Channel own-bot: The bot's webhook leads to crm.example.com")]);
    expect([bot.webhookUrl, callsOf('getUpdates')]).toEqual([elsewhere, []]);
    bot.webhookUrl = '';
    await waitFor(async () => expect(await texts()).toEqual(['one']));
    expect(await stateOf()).toBe('active');
    expect(told).toHaveLength(2);
  });

  test('is openelsewhere as soon as its webhook is set while Konvert fetches', async () => {
    await fetchOwnBot();
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));

    bot.webhookUrl = elsewhere;
    bot.answerNext('getUpdates', conflict('terminated by setWebhook request'));
    bot.push(says(1, 'one'));

    await waitFor(async () => expect(await stateOf()).toBe('openelsewhere'));
    expect(told[0]).toContain('crm.example.com');
    expect(bot.webhookUrl).toBe(elsewhere);
  });

  test('is openelsewhere while another program fetches, and fetched again afterwards', async () => {
    const other = conflict('terminated by other getUpdates request');
    for (const answer of [other, other]) bot.answerNext('getUpdates', answer);
    bot.push(says(1, 'one'));

    await fetchOwnBot();

    await waitFor(async () => expect(await stateOf()).toBe('openelsewhere'));
    expect(told).toEqual([expect.stringContaining('Another program fetches what the bot gets')]);
    await waitFor(async () => expect(await texts()).toEqual(['one']));
    expect(await stateOf()).toBe('active');
  });

  test.each(['https://old.example.com', 'https://old.example.com/base'])(
    'loses a webhook of Konvert’s own, at %s',
    async (base) => {
      bot.webhookUrl = `${base}/webhooks/telegram/own-bot`;
      bot.push(says(1, 'one'));

      await fetchOwnBot();

      await waitFor(async () => expect(await texts()).toEqual(['one']));
      expect([bot.webhookUrl, told]).toEqual(['', []]);
    },
  );
});

describe('an answer of Telegram', () => {
  test.each([401, 404])('with %i makes the channel unauthorized, and it is no longer fetched', async (code) => {
    const refused = { status: code, body: { ok: false, error_code: code, description: `No ${BOT_TOKEN}` } };
    bot.answerNext('getWebhookInfo', refused);
    bot.answerNext('getUpdates', refused);

    const fetchers = await fetchOwnBot();

    await waitFor(async () => expect(await stateOf()).toBe('unauthorized'));
    expect(told).toEqual([expect.stringContaining('Its credentials are refused')]);
    fetchers.look('own-bot');
    await new Promise((resolve) => setTimeout(resolve, 3 * WAITS.most));
    expect(callsOf('getUpdates')).toHaveLength(1);
  });

  test.each([
    ['with nothing that can be read', { status: 502, body: 'Bad gateway' }],
    ['with an internal error', { status: 500, body: { ok: false, error_code: 500, description: 'Internal' } }],
    [
      'with a refusal of the request',
      { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request' } },
    ],
    ['with updates of another shape', { status: 200, body: { ok: true, result: [{ id: 1 }] } }],
    ['with a 429', { status: 429, body: { ok: false, error_code: 429, parameters: { retry_after: 1 } } }],
  ])('%s leads to another call', async (_name, answer) => {
    bot.answerNext('getUpdates', answer);
    bot.push(says(1, 'one'));

    await fetchOwnBot();

    await waitFor(async () => expect(await texts()).toEqual(['one']));
    expect([await stateOf(), told]).toEqual(['active', []]);
  });
});

describe('fetching', () => {
  test.each<[string, Partial<NewChannel>, ((channels: OpenChannels, channel: OpenChannel) => Promise<unknown>)?]>([
    ['with an address of its own', { credentials: { ...CREDENTIALS, apiBaseUrl: 'http://127.0.0.1:9' } }],
    ['with a webhook that the operator sets', { setWebhook: false }],
    ['that is switched off', {}, (channels) => channels.change('own-bot', { enabled: false })],
    ['that was deleted', {}, (channels) => channels.remove('own-bot')],
    ['with a token that was refused', {}, (channels, channel) => channels.refuseCredentials(channel)],
  ])('leaves out a channel %s', async (_name, fields, become) => {
    await makeChannel(fields);
    await become?.(world.store.channels, await world.store.channels.getKnown('own-bot'));
    await makeChannel({ channelId: 'other-bot', credentials: { botToken: OTHER_TOKEN } });
    const fetchers = await startFetchers();

    for (const channelId of ['own-bot', 'other-bot']) fetchers.look(channelId);

    // Channels are looked at in order, so the first has been left out by then.
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));
    expect(logs).toEqual([{ channelId: 'other-bot', polling: 'begins' }]);
  });

  test('ends when the channel is deleted', async () => {
    const fetchers = await fetchOwnBot();
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));

    await world.store.channels.remove('own-bot');
    fetchers.look('own-bot');

    await waitFor(() => expect(logs.at(-1)).toEqual({ channelId: 'own-bot', polling: 'ended' }));
    bot.push(says(1, 'one'));
    await fetchers.stop();
    expect(bot.waiting).toHaveLength(1);
  });

  test('goes on with new credentials', async () => {
    const fetchers = await fetchOwnBot();
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));
    const credentials = { botToken: OTHER_TOKEN };

    await world.store.channels.change('own-bot', { secrets: { credentials, webhookSecret: 's3cret' } });
    fetchers.look('own-bot');

    await waitFor(() => expect(bot.calls.at(-1)).toMatchObject({ method: 'getUpdates', token: OTHER_TOKEN }));
    expect(logs.map(({ polling }) => polling)).toEqual(['begins', 'ended', 'begins']);
  });

  test('ends after the update that is being handed over, and before the next', async () => {
    const slowly = Promise.withResolvers<boolean>();
    const begun = vi.fn();
    world.failing = ({ kind }) => {
      if (kind !== 'PutCommand') return false;
      begun();
      return slowly.promise;
    };
    bot.push(says(1, 'one'), says(2, 'two'));
    const fetchers = await fetchOwnBot();
    await waitFor(() => expect(begun).toHaveBeenCalled());

    const stopped = fetchers.stop();
    slowly.resolve(false);
    await stopped;

    expect(await texts()).toEqual(['one']);
    const offsets = await openOffsets(join(folder, 'offsets.json'), world.clock);
    expect(offsets.of(BOT_TOKEN.split(':')[0]!)).toBe(2);
  });

  test('ends at once while it waits for news', async () => {
    // News that never come: who waits for them to its end waits for ever.
    bot.answerNext('getUpdates', { status: 200, body: {}, hang: true });
    const fetchers = await fetchOwnBot();
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));

    await fetchers.stop();

    expect(told).toEqual([]);
  });
});

describe('connecting without webhooks', () => {
  const url = 'http://127.0.0.1:8787/webhooks/telegram/new-one';
  const setupOf = async (isTaken = () => false) =>
    (await withoutWebhooks(messengers, isTaken).messengerFor('telegram'))!.setup;
  const register = async (credentials: Credentials, options = {}, isTaken = () => false) =>
    (await setupOf(isTaken)).register({ credentials, webhookSecret: 's3cret' }, url, options);

  test('leaves Telegram without a webhook', async () => {
    await register(CREDENTIALS);
    expect(bot.calls.at(-1)?.method).toBe('getWebhookInfo');
  });

  test('removes a webhook of another program only with takeOver', async () => {
    bot.webhookUrl = 'https://crm.example.com/secret-path';

    const refused = await register(CREDENTIALS).catch((error) => error);
    expect(refused).toBeInstanceOf(ConnectedElsewhereError);
    expect(refused).toMatchObject({
      message: "The bot's webhook leads to crm.example.com",
      webhookHost: 'crm.example.com',
    });
    expect(bot.webhookUrl).not.toBe('');
    await register(CREDENTIALS, { takeOver: true });
    expect(bot.webhookUrl).toBe('');
  });

  test('refuses a bot that another channel fetches from', async () => {
    const fetchers = await fetchOwnBot();
    await waitFor(() => expect(callsOf('getUpdates')).toHaveLength(1));

    await expect(register(CREDENTIALS, { takeOver: true }, fetchers.isTaken as never)).rejects.toThrow(
      'Another channel',
    );
    await register({ botToken: OTHER_TOKEN }, {}, fetchers.isTaken as never);
  });

  test('sets and removes the webhook if the channel has an address of its own', async () => {
    const credentials = { ...CREDENTIALS, apiBaseUrl: bot.baseUrl };

    await register(credentials);
    expect(bot.webhookUrl).toBe(url);
    await (await setupOf()).unregister(credentials, url);
    expect(bot.webhookUrl).toBe('');
  });

  test('can be undone, which leaves the webhook of another program alone', async () => {
    bot.webhookUrl = 'https://crm.example.com/secret-path';

    await (await setupOf()).unregister(CREDENTIALS, url);

    expect(bot.webhookUrl).not.toBe('');
  });
});
