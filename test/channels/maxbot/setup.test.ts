import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Messenger } from '#channels/channel';
import { createBotApi } from '#channels/maxbot/client';
import { createPolling } from '#channels/maxbot/get-updates';
import { createMaxbot } from '#channels/maxbot/index';
import { WANTED_UPDATES } from '#channels/maxbot/kinds';
import { parserOf } from '#test/channels/messages';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { PATIENCE_MS } from '#test/patience';
import { ECHO, messageWith, REMOVAL, TEXT } from './updates.ts';

const HOUR = 3_600_000;
const SECRET = 'a1b2c3d4e5f60718'.repeat(4);
const URL_OF_OURS = 'https://konvert.example/webhooks/maxbot/c1';
const BOT_ID = '229229229';

let max: MaxDouble;
let maxbot: Messenger;
let credentials: { botToken: string };

beforeEach(async () => {
  max = await startMax();
  maxbot = createMaxbot({ apiUrl: max.baseUrl });
  credentials = { botToken: MAX_TOKEN };
});

afterEach(() => max.stop());

const signal = () => AbortSignal.timeout(PATIENCE_MS);
const channel = () => ({ credentials, webhookSecret: SECRET });
const urls = () => max.subscriptions.map(({ url }) => url);
const subscribe = (url: string, update_types: readonly string[] = []) =>
  fetch(`${max.baseUrl}/subscriptions`, {
    method: 'POST',
    headers: { authorization: MAX_TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify({ url, update_types }),
  });

test('the token goes into its header without another word, and nowhere else', async () => {
  await maxbot.setup.connect(credentials);

  expect(max.calls).toEqual([{ method: 'GET me', query: {}, body: undefined }]);
  const asQuery = await fetch(`${max.baseUrl}/me?access_token=${MAX_TOKEN}`);
  const asBearer = await fetch(`${max.baseUrl}/me`, { headers: { authorization: `Bearer ${MAX_TOKEN}` } });
  expect([asQuery.status, asBearer.status]).toEqual([401, 401]);
});

describe('a subscription', () => {
  test('asks for what a channel has a use for', async () => {
    await maxbot.setup.register(channel(), URL_OF_OURS);

    expect(max.subscriptions).toMatchObject([{ url: URL_OF_OURS, secret: SECRET, update_types: WANTED_UPDATES }]);
    expect(WANTED_UPDATES).toEqual(expect.arrayContaining(['message_created', 'message_callback', 'bot_stopped']));
    expect(WANTED_UPDATES).not.toContain('comment_created');
  });

  test('takes the place of the channel’s earlier ones; those of other channels and programs stay', async () => {
    const others = ['https://konvert.example/webhooks/maxbot/c2', 'https://crm.example/max'];
    for (const url of ['https://old-tunnel.example/webhooks/maxbot/c1', ...others]) await subscribe(url);

    await maxbot.setup.register(channel(), URL_OF_OURS);
    expect(urls()).toEqual([...others, URL_OF_OURS]);

    await maxbot.setup.unregister(credentials, URL_OF_OURS);
    expect(urls()).toEqual(others);
  });

  // Trap 6: after 8 hours without a 200 MAX unsubscribes.
  test('that was lost is noticed, and can be made again', async () => {
    const inspect = () => maxbot.setup.inspect!(channel(), URL_OF_OURS, signal());
    await maxbot.setup.register(channel(), URL_OF_OURS);
    expect(await inspect()).toEqual({ kind: 'listening' });

    max.clock.pass(8 * HOUR);
    expect(await inspect()).toMatchObject({ kind: 'deaf', why: expect.stringContaining('not subscribed') });

    await maxbot.setup.register(channel(), URL_OF_OURS);
    expect(await inspect()).toEqual({ kind: 'listening' });
  });

  test('without some of the updates is deaf to them', async () => {
    await subscribe(URL_OF_OURS, ['message_created']);

    expect(await maxbot.setup.inspect!(channel(), URL_OF_OURS, signal())).toMatchObject({
      kind: 'deaf',
      why: expect.stringContaining('message_callback'),
    });
  });

  test.each([
    {
      name: 'a revoked token',
      answer: { status: 401, body: { code: 'verify.token', message: '' } },
      kind: 'unauthorized',
    },
    { name: 'a 500', answer: { status: 500, body: {} }, kind: 'unknown' },
    { name: 'a page', answer: { status: 200, body: '<html>' }, kind: 'unknown' },
    { name: 'another shape', answer: { status: 200, body: {} }, kind: 'unknown' },
    { name: 'too many requests', answer: { status: 429, body: {} }, kind: 'unknown' },
  ])('of which nothing is known after $name: $kind', async ({ answer, kind }) => {
    max.answerNext('GET subscriptions', answer);

    expect(await maxbot.setup.inspect!(channel(), URL_OF_OURS, signal())).toMatchObject({ kind });
  });
});

// Trap 9: the place is the dialog, the person is the sender; of a deletion only ids are told.
describe('whose it is', () => {
  const parse = (update: unknown) => parserOf(maxbot)(update, BOT_ID)[0];
  const bot = ECHO.message.sender;

  test.each([
    { name: 'a client’s message', update: TEXT, is: { kind: 'client', ids: [{ chatType: 'max', chatId: '10001' }] } },
    {
      name: 'the bot’s own message',
      update: ECHO,
      is: { kind: 'echo', by: 'automatic', ids: [{ chatType: 'max', chatId: '10001' }] },
    },
    { name: 'a deletion', update: REMOVAL, is: { kind: 'deletion', ids: [{ chatType: 'max', chatId: '10001' }] } },
    { name: 'a deletion by the bot', update: { ...REMOVAL, user_id: bot.user_id }, is: { kind: 'ignored' } },
    {
      name: 'a deletion in a group',
      update: { ...REMOVAL, chat_id: -72000000001 },
      is: { kind: 'ignored', reason: 'group' },
    },
    {
      name: 'an edit by the bot',
      update: { ...ECHO, update_type: 'message_edited' },
      is: { kind: 'ignored', reason: 'own-edit' },
    },
    // Trap 7: posts of channels never come by a webhook. If they did, nobody would wait for an answer.
    {
      name: 'a post of a channel',
      update: messageWith({ sender: null, recipient: { chat_id: -7, chat_type: 'channel', post_id: 'mid.1' } }),
      is: { kind: 'ignored', reason: 'channel' },
    },
    { name: 'nobody’s message', update: messageWith({ sender: null }), is: { kind: 'ignored', reason: 'no-sender' } },
    {
      name: 'a message without a body, which somebody sent',
      update: messageWith({ body: null }),
      is: { kind: 'client', opens: true, providerId: 'message.1770679787821', content: { type: 'unknown' } },
    },
    {
      name: 'an edit without a body',
      update: { ...messageWith({ body: null }), update_type: 'message_edited' },
      is: { kind: 'ignored', reason: 'no-message-id' },
    },
    // https://github.com/max-messenger/max-bot-api-client-ts/issues/250 and 296
    {
      name: 'a voice message of which nothing is told',
      update: { timestamp: 1784114462472, user_locale: 'ru', update_type: 'message_created' },
      is: { kind: 'ignored', reason: 'no-message' },
    },
  ])('$name', ({ update, is }) => {
    expect(parse(update)).toMatchObject(is);
  });
});

// Trap 8: polling stops silently, and loses what is older than a day.
describe('updates that are fetched', () => {
  const fetchFrom = (from?: number, end = signal()) => maxbot.polling!.fetch(credentials, from, end);
  const idsOf = async (from?: number) => {
    const fetched = await fetchFrom(from);
    if (fetched.kind !== 'updates') return expect.unreachable(fetched.kind);
    return fetched.updates.map(({ id }) => id);
  };

  test('come again until all of an answer was taken', async () => {
    await max.deliver(max.writes(10001, { text: 'one' }));
    const [first] = await idsOf();
    for (const text of ['two', 'three']) await max.deliver(max.writes(10001, { text }));
    const next = first! + 1;

    const [second, third] = await idsOf(next);

    // The one before the last does not move the mark, so that a crash behind it loses nothing.
    expect(second! + 1).toBe(next);
    expect(await idsOf(second! + 1)).toHaveLength(2);
    const later = max.deliver(max.writes(10001, { text: 'four' }));
    expect(await idsOf(third! + 1)).toHaveLength(1);
    await later;
  });

  test('that come while nothing was told yet are not lost', async () => {
    max.answerNext('GET updates', { status: 200, body: { updates: [], marker: 0 } });
    expect(await fetchFrom()).toEqual({ kind: 'updates', updates: [] });
    for (const text of ['one', 'two']) await max.deliver(max.writes(10001, { text }));

    expect(await idsOf()).toHaveLength(2);
  });

  test('an old mark is as good as a new one: MAX never counts anew', () => {
    expect(maxbot.polling!.countsOn).toBe(true);
  });

  test('an answer that never comes is given up', async () => {
    const polling = createPolling(
      createBotApi(() => fetch, max.baseUrl),
      async () => undefined,
      50,
    );
    max.answerNext('GET updates', { status: 200, body: {}, hang: true });

    expect(await polling.fetch(credentials, undefined, new AbortController().signal)).toEqual({
      kind: 'unreachable',
      reason: 'TimeoutError',
    });
  });

  test('are somebody else’s while there is a subscription', async () => {
    await subscribe('https://crm.example/max');

    expect(await fetchFrom()).toEqual({ kind: 'elsewhere' });
    expect(await maxbot.polling!.webhookOf(credentials)).toBe('https://crm.example/max');
  });

  test.each([
    {
      name: 'a revoked token',
      answer: { status: 401, body: { code: 'verify.token', message: '' } },
      is: { kind: 'unauthorized' },
    },
    { name: 'too many', answer: { status: 429, body: '' }, is: { kind: 'throttled', retryAfterSeconds: 1 } },
    { name: 'a page', answer: { status: 502, body: '<html>' }, is: { kind: 'unreachable' } },
    { name: 'another shape', answer: { status: 200, body: { updates: 'none' } }, is: { kind: 'unreachable' } },
  ])('$name', async ({ answer, is }) => {
    max.answerNext('GET updates', answer);

    expect(await fetchFrom(5)).toMatchObject(is);
  });

  test('only from MAX itself, by an account that names no token', () => {
    const { serves, accountOf, headersOf } = maxbot.polling!;

    expect([serves(credentials), serves({ ...credentials, apiBaseUrl: 'https://proxy.example' })]).toEqual([
      true,
      false,
    ]);
    expect(accountOf(credentials)).toMatch(/^[\w-]{22}$/);
    expect(MAX_TOKEN).not.toContain(accountOf(credentials));
    expect(
      maxbot.inbound.verify({ method: 'POST', query: {}, headers: headersOf(SECRET), body: Buffer.of() }, channel()),
    ).toBe(true);
  });
});
