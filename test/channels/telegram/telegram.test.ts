import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MESSAGE_ERRORS } from '#api/event-bodies';
import { MessengerUnreachableError } from '#channels/errors';
import { createMessengers } from '#channels/registry/messengers';
import { ERRORS } from '#channels/telegram/errors';
import { createTelegram } from '#channels/telegram/index';
import { describeMessenger, expectNoSecret } from '#test/channels/contract';
import { textTo } from '#test/channels/messages';
import { wordsOf } from '#test/channels/words-of';
import { PATIENCE_MS } from '#test/patience';
import { type BotApiDouble, startBotApi } from './bot-api-double.ts';
import { update, updateWith } from './updates.ts';

const TOKEN = '7000000001:AAF-made_up_token_of_thirty_five_ch';
const telegram = createTelegram();

/** A refusal in Telegram's shape. */
const no = (code: number, description: string) => ({
  status: code,
  body: { ok: false, error_code: code, description },
});

describeMessenger('telegram', {
  create: (setupTimeoutMs) => createTelegram({ setupTimeoutMs }),
  double: startBotApi,
  fixtures: {
    tending: {
      inspect: {
        outcomes: {
          'no webhook': {
            method: 'getWebhookInfo',
            status: 200,
            body: { ok: true, result: { url: '', pending_update_count: 9 } },
            kind: 'deaf',
          },
          'a webhook of another program': {
            method: 'getWebhookInfo',
            status: 200,
            body: { ok: true, result: { url: 'https://crm.example/secret-path' } },
            kind: 'elsewhere',
          },
          'a webhook for messages only': {
            method: 'getWebhookInfo',
            status: 200,
            body: { ok: true, result: { url: 'https://konvert.example/webhook', allowed_updates: ['message'] } },
            kind: 'deaf',
          },
          'a flood': {
            method: 'getWebhookInfo',
            status: 429,
            body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 17 } },
            kind: 'unknown',
          },
        },
      },
    },
    verify: {
      secret: 'right-secret_0123456789',
      headers: (_, secret) => ({ 'x-telegram-bot-api-secret-token': secret }),
    },
    webhooks: {
      clientText: {
        body: update('text'),
        expected: {
          chatId: '51000444',
          providerId: '731',
          time: 1791806401000,
          text: '/start promo7',
          authorId: '51000444',
        },
      },
      unknownKind: updateWith('dice', { dice: undefined, hologram: { file_id: 'h1' } }),
      service: update('pinned-message'),
      echo: {
        body: update('business-echo'),
        expected: { chatId: '51000444', providerId: 'bcX1.12', time: 1791806500000 },
      },
      leftAlone: update('channel-post'),
      foreign: {
        null: null,
        'a string': 'update',
        'an array': [update('text')],
        'an empty object': {},
        'a WhatsApp webhook': { object: 'whatsapp_business_account', entry: [] },
        'no update_id': { message: update('text').message },
        'update_id as text': { ...update('text'), update_id: '810004411' },
        'a fractional update_id': { ...update('text'), update_id: 1.5 },
        'a message that is no object': { ...update('text'), message: 'hello' },
        'a message without a chat': updateWith('text', { chat: undefined }),
        'a chat without an id': updateWith('text', { chat: { type: 'private' } }),
        'a chat without a type': updateWith('text', { chat: { id: 51000444 } }),
        'a message without an id': updateWith('text', { message_id: undefined }),
        'a message id as text': updateWith('text', { message_id: '731' }),
        'a message without a date': updateWith('text', { date: undefined }),
        'a date beyond the calendar': updateWith('text', { date: Number.MAX_SAFE_INTEGER }),
        'a business message without its connection': updateWith('business-text', { business_connection_id: undefined }),
        'an endless connection id': updateWith('business-text', { business_connection_id: 'x'.repeat(5000) }),
        'a press by nobody': updateWith('callback-query', { from: undefined }),
        'a press without an id': updateWith('callback-query', { id: undefined }),
        'a connection without an id': updateWith('business-connection', { id: undefined }),
        'a connection of nobody': updateWith('business-connection', { user: undefined }),
        'a connection without a date': updateWith('business-connection', { date: undefined }),
        'a connection that does not say whether it is on': updateWith('business-connection', { is_enabled: undefined }),
        'deletions without ids': updateWith('deleted-business-messages', { message_ids: undefined }),
      },
    },
    files: {
      sent(double) {
        const bytes = Buffer.from('%PDF-1.7 act');
        (double as BotApiDouble).files.set('F1', bytes);
        return { fileId: 'F1', bytes };
      },
      outcomes: {
        'a file above 20 MB': { method: 'getFile', ...no(400, 'Bad Request: file is too big'), kind: 'gone' },
        'a file without an address': { method: 'getFile', status: 200, body: { ok: true, result: {} }, kind: 'gone' },
        'words that may mean both': {
          method: 'getFile',
          ...no(400, 'Bad Request: wrong file_id or the file is temporarily unavailable'),
          kind: 'later',
        },
        'a revoked token': { method: 'getFile', ...no(401, 'Unauthorized'), kind: 'unauthorized' },
        'a flood': {
          method: 'getFile',
          status: 429,
          body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 17 } },
          kind: 'later',
          afterSeconds: 17,
        },
        'a 500': { method: 'getFile', status: 500, body: {}, kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ botToken: TOKEN, apiBaseUrl: baseUrl }),
      secrets: [TOKEN, 'made_up_token'],
      wrong: {
        nothing: { input: undefined, fields: ['credentials.botToken'] },
        'no object': { input: TOKEN, fields: ['credentials.botToken'] },
        'no token': { input: {}, fields: ['credentials.botToken'] },
        'a number': { input: { botToken: 7000000001 }, fields: ['credentials.botToken'] },
        'only the id': { input: { botToken: '7000000001:' }, fields: ['credentials.botToken'] },
        'a path in the token': { input: { botToken: `${TOKEN}/../x` }, fields: ['credentials.botToken'] },
        'a line break after it': { input: { botToken: `${TOKEN}\n` }, fields: ['credentials.botToken'] },
        'an address as number': { input: { botToken: TOKEN, apiBaseUrl: 1 }, fields: ['credentials.apiBaseUrl'] },
        'another protocol': { input: { botToken: TOKEN, apiBaseUrl: 'ftp://x' }, fields: ['credentials.apiBaseUrl'] },
        'no host': { input: { botToken: TOKEN, apiBaseUrl: 'https://' }, fields: ['credentials.apiBaseUrl'] },
        'an address that is none': {
          input: { botToken: TOKEN, apiBaseUrl: 'https://[x' },
          fields: ['credentials.apiBaseUrl'],
        },
        'a query': { input: { botToken: TOKEN, apiBaseUrl: 'https://x/?a=1' }, fields: ['credentials.apiBaseUrl'] },
        'a password': { input: { botToken: TOKEN, apiBaseUrl: 'https://a:b@x' }, fields: ['credentials.apiBaseUrl'] },
        both: {
          input: { botToken: '', apiBaseUrl: '' },
          fields: ['credentials.botToken', 'credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'getMe',
      identity: { id: '7000000001', plainId: 'konvert_bot', name: 'Konvert' },
      refused: {
        status: 401,
        body: { ok: false, error_code: 401, description: 'Unauthorized' },
        words: 'Unauthorized',
      },
    },
    register: {
      method: 'setWebhook',
      unregisterMethod: 'deleteWebhook',
      read: (body) => {
        const { url, secret_token } = body as Record<string, unknown>;
        return { url, secret: secret_token };
      },
      typedIn: (webhookSecret) => ({ secretToken: webhookSecret }),
    },
    send: {
      method: 'sendMessage',
      message: textTo('51000444', 'Hi'),
      read: (body) => {
        const { chat_id, text } = body as Record<string, unknown>;
        return { chatId: String(chat_id), text };
      },
      accepted: { status: 200, body: { ok: true, result: { message_id: 7 } } },
      refused: {
        status: 403,
        body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
        code: '403',
        description: 'Forbidden: bot was blocked by the user',
      },
      unauthorized: {
        status: 401,
        body: { ok: false, error_code: 401, description: 'Unauthorized' },
        code: '401',
        description: 'Unauthorized',
      },
      throttled: {
        status: 429,
        body: {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests: retry after 17',
          parameters: { retry_after: 17 },
        },
        seconds: 17,
      },
      table: ERRORS,
      errors: {
        ...Object.fromEntries(
          ERRORS.filter(({ reason }) => (MESSAGE_ERRORS as readonly string[]).includes(reason)).map(
            ({ code = '400', words, reason }) => [
              `${code} ${words.source}`,
              {
                ...no(Number(code), wordsOf(words)),
                kind: ['401', '404'].includes(code) ? ('unauthorized' as const) : ('refused' as const),
                reason,
              },
            ],
          ),
        ),
        'a text that is too long': {
          ...no(400, 'Bad Request: message is too long'),
          kind: 'refused',
          reason: 'TOO_LONG_TEXT',
        },
        'a blocked bot': {
          ...no(403, 'Forbidden: bot was blocked by the user'),
          kind: 'refused',
          reason: 'BAD_CONTACT',
        },
        'a file that is too big': {
          ...no(413, 'Request Entity Too Large'),
          kind: 'refused',
          reason: 'TOO_BIG_CONTENT',
        },
        'words of a later server': {
          ...no(400, 'Bad Request: HOLOGRAM_INVALID'),
          kind: 'refused',
          reason: 'UNKNOWN_ERROR',
        },
        'a token that was revoked': { ...no(401, 'Unauthorized'), kind: 'unauthorized', reason: 'CHANNEL_REJECTED' },
        'a flood': { ...no(429, 'Too Many Requests: retry after 3'), kind: 'throttled' },
      },
      limits: {
        'a text': {
          taken: { type: 'text', text: 'я'.repeat(4096) },
          refused: { type: 'text', text: 'я'.repeat(4097) },
          code: 'MESSAGES_TOO_LONG_TELEGRAM',
        },
      },
      topic: {
        id: '1727',
        read: (body) => (body as { message_thread_id?: number }).message_thread_id?.toString(),
        gone: Object.fromEntries(
          [
            'message thread not found',
            'TOPIC_DELETED',
            'TOPIC_CLOSED',
            'TOPIC_ID_INVALID',
            'chat is not a forum',
            'topic not found',
            'invalid topic identifier specified',
            "chat doesn't have threads",
          ].map((words) => [
            words,
            { status: 400, body: { ok: false, error_code: 400, description: `Bad Request: ${words}` } },
          ]),
        ),
      },
    },
  },
});

describe('telegram: calls', () => {
  let api: BotApiDouble;
  let credentials: { botToken: string; apiBaseUrl: string };

  beforeEach(async () => {
    api = await startBotApi();
    credentials = { botToken: TOKEN, apiBaseUrl: api.baseUrl };
  });

  afterEach(() => api.stop());

  const signal = () => AbortSignal.timeout(PATIENCE_MS);

  test.each([
    { name: 'a plain text', message: {}, body: {} },
    {
      name: 'a quote',
      message: { quotes: '731' },
      body: { reply_parameters: { message_id: 731, allow_sending_without_reply: true } },
    },
    {
      name: 'a quote by a business connection',
      message: { via: 'bcX1', quotes: 'bcX1.12' },
      body: {
        business_connection_id: 'bcX1',
        reply_parameters: { message_id: 12, allow_sending_without_reply: true },
      },
    },
    { name: 'a text without the quote, if that is of the other chat', message: { quotes: 'bcX1.12' }, body: {} },
    {
      name: 'a text by a business connection without the quote, if that is of the other chat',
      message: { via: 'bcX1', quotes: '731000123' },
      body: { business_connection_id: 'bcX1' },
    },
    { name: 'a topic', message: { topic: '1727' }, body: { message_thread_id: 1727 } },
    { name: 'a text without the quote, if that is of a pressed button', message: { quotes: 'cb219001' }, body: {} },
  ])('send passes on $name', async ({ message, body }) => {
    await telegram.outbound.send(credentials, textTo('51000444', 'Hi', message), signal());

    expect(api.calls).toEqual([
      { method: 'sendMessage', token: TOKEN, body: { chat_id: 51000444, text: 'Hi', ...body } },
    ]);
  });

  test.each([
    { chatId: '51000444', chat_id: 51000444 },
    { chatId: '-1002000555', chat_id: -1002000555 },
    { chatId: '@konvert_news', chat_id: '@konvert_news' },
    { chatId: '99999999999999999999', chat_id: '99999999999999999999' },
  ])('send takes the chat id $chatId', async ({ chatId, chat_id }) => {
    await telegram.outbound.send(credentials, textTo(chatId, 'Hi'), signal());

    expect(api.calls[0]?.body).toMatchObject({ chat_id });
  });

  test('send returns the id by which webhooks name the message', async () => {
    const plain = await telegram.outbound.send(credentials, textTo('1', 'Hi'), signal());
    const business = await telegram.outbound.send(credentials, textTo('1', 'Hi', { via: 'bcX1' }), signal());

    expect([plain, business]).toEqual([
      { kind: 'sent', providerId: '1001' },
      { kind: 'sent', providerId: 'bcX1.1002' },
    ]);
  });

  const no = (error_code: number, description = 'no', more = {}) => ({ ok: false, error_code, description, ...more });

  test.each<{ name: string; status: number; body: unknown; sent: unknown }>([
    ...[400, 401, 403, 404, 409, 413].map((code) => ({
      name: `${code}`,
      status: code,
      body: no(code),
      sent: { kind: code === 401 || code === 404 ? 'unauthorized' : 'refused', code: `${code}`, description: 'no' },
    })),
    {
      name: 'a 400 without a code or words',
      status: 400,
      body: { ok: false },
      sent: { kind: 'refused', code: '400', description: '' },
    },
    {
      name: 'an error that repeats the token',
      status: 404,
      body: no(404, `no such path /bot${TOKEN}/sendMessage`),
      sent: { kind: 'unauthorized', code: '404', description: 'no such path /bot<token>/sendMessage' },
    },
    {
      name: 'an error that repeats the address as a proxy encodes it',
      status: 400,
      body: no(400, `/bot${encodeURIComponent(TOKEN)}/sendMessage`),
      sent: { kind: 'refused', code: '400', description: `/bot${TOKEN.split(':')[0]}%3A<token>/sendMessage` },
    },
    {
      name: 'an error of 900,000 characters',
      status: 400,
      body: no(400, 'x'.repeat(900_000)),
      sent: { kind: 'refused', code: '400', description: 'x'.repeat(500) },
    },
    {
      name: 'an error with an emoji at the cut',
      status: 400,
      body: no(400, `${'x'.repeat(499)}😀`),
      sent: { kind: 'refused', code: '400', description: 'x'.repeat(499) },
    },
    {
      name: 'an error with half a character',
      status: 400,
      body: no(400, 'a\ud800b'),
      sent: { kind: 'refused', code: '400', description: 'a\ufffdb' },
    },
    {
      name: 'a refusal under status 200',
      status: 200,
      body: no(400),
      sent: { kind: 'refused', code: '400', description: 'no' },
    },
    {
      name: 'a 429 under status 200',
      status: 200,
      body: no(429, 'no', { parameters: { retry_after: 9 } }),
      sent: { kind: 'throttled', retryAfterSeconds: 9, scope: 'channel' },
    },
    {
      name: 'a 429 without seconds',
      status: 429,
      body: no(429),
      sent: { kind: 'throttled', retryAfterSeconds: 5, scope: 'channel' },
    },
    {
      name: 'a 429 of a proxy',
      status: 429,
      body: 'slow down',
      sent: { kind: 'throttled', retryAfterSeconds: 5, scope: 'channel' },
    },
    {
      name: 'a 429 with a negative number of seconds',
      status: 429,
      body: no(429, 'no', { parameters: { retry_after: -3 } }),
      sent: { kind: 'throttled', retryAfterSeconds: 5, scope: 'channel' },
    },
    {
      name: 'a 429 for ever',
      status: 429,
      body: no(429, 'no', { parameters: { retry_after: 1e308 } }),
      sent: { kind: 'throttled', retryAfterSeconds: 86_400, scope: 'channel' },
    },
    {
      name: 'a 429 with a fraction of a second',
      status: 429,
      body: no(429, 'no', { parameters: { retry_after: 2.1 } }),
      sent: { kind: 'throttled', retryAfterSeconds: 3, scope: 'channel' },
    },
    { name: 'a 500', status: 500, body: no(500), sent: { kind: 'unreachable', reason: 'status 500' } },
    {
      name: 'a 502 with the body of a 400',
      status: 502,
      body: no(400),
      sent: { kind: 'unreachable', reason: 'status 502' },
    },
    {
      name: 'a 400 with the body of a success',
      status: 400,
      body: { ok: true },
      sent: { kind: 'unreachable', reason: 'status 400' },
    },
    {
      name: 'a 200 without a message',
      status: 200,
      body: { ok: true, result: {} },
      sent: { kind: 'unreachable', reason: 'an unreadable answer to a message' },
    },
  ])('send understands $name', async ({ status, body, sent }) => {
    api.answerNext('sendMessage', { status, body });

    const { code, description, ...rest } = sent as Record<string, unknown>;
    const expected = code === undefined ? rest : { ...rest, refusal: { code, description } };
    expect(await telegram.outbound.send(credentials, textTo('1', 'Hi'), signal())).toMatchObject(expected);
  });

  test('send waits for a slow answer', async () => {
    api.answerNext('sendMessage', { status: 200, body: { ok: true, result: { message_id: 7 } }, delayMs: 100 });

    const sent = await telegram.outbound.send(credentials, textTo('1', 'Hi'), signal());

    expect(sent).toEqual({ kind: 'sent', providerId: '7' });
  });

  test('send follows no redirect', async () => {
    const location = `${api.baseUrl}/bot${TOKEN}/getMe`;
    api.answerNext('sendMessage', { status: 307, body: '', headers: { location } });

    const sent = await telegram.outbound.send(credentials, textTo('1', 'Hi'), signal());

    expect(sent.kind).toBe('unreachable');
    expect(api.calls.map(({ method }) => method)).toEqual(['sendMessage']);
  });

  test('an error of fetch that repeats the address gives no token away', async () => {
    const failing = createTelegram({
      fetch: async (url) => {
        throw new TypeError(`Failed to parse ${url}`, { cause: new Error(`connect ${url}`) });
      },
    });

    const error = await failing.setup.connect(credentials).catch((error: unknown) => error);
    const sent = await failing.outbound.send(credentials, textTo('1', 'Hi'), signal());

    expect(error).toBeInstanceOf(MessengerUnreachableError);
    expectNoSecret([error, sent], [TOKEN, 'made_up_token']);
    expect(sent).toEqual({ kind: 'unreachable', reason: 'TypeError' });
  });

  test('the reason of an unreachable server is the error code', async () => {
    await api.stop();

    const sent = await telegram.outbound.send(credentials, textTo('1', 'Hi'), signal());

    expect(sent).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
  });

  test('register asks for every kind of update that is read', async () => {
    await telegram.setup.register({ credentials, webhookSecret: 's3cret' }, 'https://konvert.example/webhook');

    const { allowed_updates } = api.calls[0]!.body as { allowed_updates: string[] };
    expect(allowed_updates.toSorted()).toEqual([
      'business_connection',
      'business_message',
      'callback_query',
      'deleted_business_messages',
      'edited_business_message',
      'edited_message',
      'message',
      'message_reaction',
      'my_chat_member',
    ]);
  });

  test.each([
    {
      name: 'a bot without a username by its id',
      bot: { id: 7, first_name: 'K' },
      identity: { id: '7', plainId: '7', name: 'K' },
    },
    {
      name: 'a bot with an impossible username by its id',
      bot: { id: 7, first_name: 'K', username: 'x'.repeat(900_000) },
      identity: { id: '7', plainId: '7', name: 'K' },
    },
    {
      name: 'a bot by its username',
      bot: { id: 7, first_name: 'K', username: 'k' },
      identity: { id: '7', plainId: 'k', name: 'K' },
    },
  ])('connect identifies $name', async ({ bot, identity }) => {
    api.answerNext('getMe', { status: 200, body: { ok: true, result: bot } });

    expect(await telegram.setup.connect(credentials)).toEqual(identity);
  });

  test('connect takes a success without a bot for no answer', async () => {
    api.answerNext('getMe', { status: 200, body: { ok: true, result: true } });

    await expect(telegram.setup.connect(credentials)).rejects.toThrow(MessengerUnreachableError);
  });

  test('calls go to api.telegram.org if no address is given', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({ ok: true, result: { message_id: 1 } }));

    await createTelegram({ fetch }).outbound.send({ botToken: TOKEN }, textTo('1', 'Hi'), signal());

    expect(fetch.mock.calls[0]?.[0]).toBe(`https://api.telegram.org/bot${TOKEN}/sendMessage`);
  });

  test.each([
    { given: 'https://bots.example', kept: 'https://bots.example' },
    { given: 'https://bots.example/', kept: 'https://bots.example' },
    { given: 'http://10.0.0.5:8081/telegram/', kept: 'http://10.0.0.5:8081/telegram' },
  ])('the address $given is kept as $kept', ({ given, kept }) => {
    expect(telegram.setup.readCredentials({ botToken: TOKEN, apiBaseUrl: given })).toEqual({
      credentials: { botToken: TOKEN, apiBaseUrl: kept },
    });
  });
});

test('the registry knows telegram, and no messenger by the name of an object method', async () => {
  const { messengerFor } = createMessengers();

  expect((await messengerFor('telegram'))?.transport).toBe('telegram');
  expect(await messengerFor('constructor')).toBeUndefined();
});
