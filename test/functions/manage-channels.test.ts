import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/channel-routes';
import type { App } from '#functions/app';
import { tables } from '#lib/tables';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createStoreDeps } from '#store/dynamo/client';
import { type Answer, BOT_TOKEN, createWorld, START, textUpdate, type World } from '#test/world';

/** The token that @BotFather gives for the same bot after the first was revoked. */
const NEW_TOKEN = `${BOT_TOKEN.split(':')[0]}:AAF-another_token_of_thirty_five_chars`;

let world: World;
let answers: Answer[];

beforeEach(async () => {
  world = await createWorld();
  answers = [];
});

/** After every test no answer and no line of the log may hold a token, or the secret of the first channel's webhook. */
afterEach(async () => {
  await world.stop();
  const shown = JSON.stringify([answers, world.logs]);
  expect(shown).not.toContain(BOT_TOKEN);
  expect(shown).not.toContain(BOT_TOKEN.split(':')[1]);
  expect(shown).not.toContain(NEW_TOKEN.split(':')[1]);
  expect(shown).not.toContain(world.channel.secret);
  expect(JSON.stringify(world.logs)).not.toContain(world.account.apiKey);
});

async function call(method: string, path: string, body?: unknown, key = world.account.apiKey): Promise<Answer> {
  const answer = await world.call(method, path, { key, body });
  answers.push(answer);
  return answer;
}

function connect(fields: Record<string, unknown> = {}, credentials: Record<string, unknown> = {}): Promise<Answer> {
  return call('POST', '/v1/channels', {
    transport: 'telegram',
    name: 'Second',
    credentials: { botToken: BOT_TOKEN, apiBaseUrl: world.bot.baseUrl, ...credentials },
    ...fields,
  });
}

/** The secret that the messenger has now. */
function registered(): string {
  const { body } = world.bot.calls.findLast(({ method }) => method === 'setWebhook')!;
  return (body as { secret_token: string }).secret_token;
}

function callsSince(index: number): string[] {
  return world.bot.calls.slice(index).map(({ method }) => method);
}

async function channels(key?: string): Promise<Record<string, unknown>[]> {
  return (await call('GET', '/v3/channels', undefined, key)).body as Record<string, unknown>[];
}

describe('a connected channel', () => {
  test('is tried, registered and stored, and no secret is shown', async () => {
    const before = world.bot.calls.length;

    const answer = await connect();

    const { channelId } = answer.body as { channelId: string };
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      channelId: expect.any(String),
      transport: 'telegram',
      name: 'Second',
      state: 'active',
      webhookUrl: `https://konvert.example/webhooks/telegram/${channelId}`,
    });
    expect(contract.newChannelAnswer.parse(answer.body)).toEqual(answer.body);
    expect(callsSince(before)).toEqual(['getMe', 'setWebhook']);
    expect(world.bot.calls.at(-1)?.body).toMatchObject({
      url: `https://konvert.example/webhooks/telegram/${channelId}`,
      secret_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('is not registered with setWebhook: false, and the answer holds what the operator has to register', async () => {
    const before = world.bot.calls.length;

    const answer = await connect({ setWebhook: false });

    expect(callsSince(before)).toEqual(['getMe']);
    const { channelId, secretToken } = answer.body as { channelId: string; secretToken: string };
    expect(secretToken).toMatch(/^[0-9a-f]{64}$/);
    const update = textUpdate(5, 'hello', 7, START);
    expect(await world.webhook(update, { channel: { channelId, secret: secretToken } })).toMatchObject({ status: 200 });
  });

  test('is in the list of its account, without secrets', async () => {
    const { channelId } = (await connect()).body as { channelId: string };

    const list = await channels();

    expect(list).toHaveLength(2);
    expect(list.find((channel) => channel.channelId === channelId)).toEqual({
      channelId,
      transport: 'telegram',
      plainId: 'konvert_bot',
      state: 'active',
      name: 'Second',
    });
    expect(contract.channelList.parse(list)).toEqual(list);
  });

  test('may be given a plainId, a number too, and null counts as absent', async () => {
    await connect({ plainId: 79001112233, setWebhook: null });

    expect((await channels()).map(({ plainId }) => plainId)).toEqual(['konvert_bot', '79001112233']);
  });

  test('has no secret in the table that is not sealed', async () => {
    await connect();

    const stored = JSON.stringify(world.db.items('accounts'));
    expect(stored).not.toContain(BOT_TOKEN.split(':')[1]);
    expect(stored).not.toContain(world.channel.secret);
  });
});

describe('a channel is not connected, and nothing is stored', () => {
  const refusal = (description: string) => ({ status: 401, body: { ok: false, error_code: 401, description } });
  const down = { status: 502, body: 'Bad gateway' };
  const rows: {
    name: string;
    fields?: Record<string, unknown>;
    credentials?: Record<string, unknown>;
    answers?: Record<string, { status: number; body: unknown }>;
    status?: number;
    error: string;
    wrong?: string[];
    description?: unknown;
  }[] = [
    { name: 'an unknown transport', fields: { transport: 'icq' }, error: 'INVALID_REQUEST', wrong: ['transport'] },
    {
      name: 'a transport of 65 characters',
      fields: { transport: 'x'.repeat(65) },
      error: 'INVALID_REQUEST',
      wrong: ['transport'],
    },
    { name: 'no transport', fields: { transport: undefined }, error: 'INVALID_REQUEST', wrong: ['transport'] },
    { name: 'no name', fields: { name: undefined }, error: 'INVALID_REQUEST', wrong: ['name'] },
    { name: 'no credentials', fields: { credentials: undefined }, error: 'INVALID_REQUEST', wrong: ['credentials'] },
    { name: 'a text for credentials', fields: { credentials: 'x' }, error: 'INVALID_REQUEST', wrong: ['credentials'] },
    {
      name: 'no token',
      credentials: { botToken: undefined },
      error: 'INVALID_REQUEST',
      wrong: ['credentials.botToken'],
    },
    {
      name: 'a text that is no token',
      credentials: { botToken: 'x' },
      error: 'INVALID_REQUEST',
      wrong: ['credentials.botToken'],
    },
    {
      name: 'a text that is no address',
      credentials: { apiBaseUrl: 'ftp://x' },
      error: 'INVALID_REQUEST',
      wrong: ['credentials.apiBaseUrl'],
    },
    {
      name: 'a token that Telegram refuses, in its words',
      answers: { getMe: refusal('Unauthorized') },
      error: 'CREDENTIALS_REFUSED',
      wrong: ['credentials'],
      description: 'Unauthorized',
    },
    {
      name: 'a refusal that repeats the token, which is left out',
      answers: { getMe: refusal(`No bot ${BOT_TOKEN}`) },
      error: 'CREDENTIALS_REFUSED',
      wrong: ['credentials'],
      description: 'No bot <token>',
    },
    {
      name: 'a webhook that Telegram refuses',
      answers: { setWebhook: { status: 400, body: { ok: false, error_code: 400, description: 'Bad webhook' } } },
      error: 'CREDENTIALS_REFUSED',
      wrong: ['credentials'],
      description: 'Bad webhook',
    },
    { name: 'Telegram is down', answers: { getMe: down }, status: 503, error: 'MESSENGER_UNREACHABLE' },
    {
      name: 'Telegram goes down in between',
      answers: { setWebhook: down },
      status: 503,
      error: 'MESSENGER_UNREACHABLE',
    },
    {
      name: 'no server at the address',
      credentials: { apiBaseUrl: 'http://127.0.0.1:1' },
      status: 503,
      error: 'MESSENGER_UNREACHABLE',
    },
  ];

  test.each(rows)('$name: $error', async (row) => {
    const { fields, credentials, status = 400, error, wrong, description = expect.any(String) } = row;
    for (const [method, said] of Object.entries(row.answers ?? {})) world.bot.answerNext(method, said);
    const before = world.db.items('accounts');

    const answer = await connect(fields, credentials);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error, description, ...(wrong && { data: { fields: wrong } }) });
    expect(world.db.items('accounts')).toEqual(before);
  });

  test('the store does not answer: INTERNAL_ERROR', async () => {
    world.failing = ({ kind }) => kind === 'TransactWriteCommand';

    expect(await connect()).toMatchObject({ status: 500, body: { error: 'INTERNAL_ERROR' } });
  });
});

describe('deleting a channel', () => {
  const path = () => `/v1/channels/${world.channel.channelId}`;

  test('takes it off the list and unregisters its webhook, which is a 404 then, and its chats stay', async () => {
    await world.say(5, 'hello');
    const before = world.bot.calls.length;

    const answer = await call('DELETE', path());

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ channelId: world.channel.channelId });
    expect(callsSince(before)).toEqual(['deleteWebhook']);
    expect(await channels()).toEqual([]);
    expect(await world.webhook(textUpdate(5, 'more', 8, START))).toMatchObject({ status: 404 });
    expect(await world.chat(5)).toMatchObject({ preview: 'hello', unanswered: true });
  });

  test('again is a 404', async () => {
    await call('DELETE', path());

    expect(await call('DELETE', path())).toMatchObject({ status: 404, body: { error: 'CHANNEL_NOT_FOUND' } });
  });

  test('works although Telegram refuses to unregister its webhook', async () => {
    const description = `Unauthorized ${BOT_TOKEN}`;
    world.bot.answerNext('deleteWebhook', { status: 401, body: { ok: false, error_code: 401, description } });

    expect(await call('DELETE', path())).toMatchObject({ status: 200 });
    expect(world.logs).toContainEqual(expect.objectContaining({ unregister: 'failed' }));
    expect(await channels()).toEqual([]);
  });

  test('fails a reply that waited, and the chat is unanswered again', async () => {
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain({ deliver: false });
    await call('DELETE', path());
    await world.drain();

    expect(await world.chat(5)).toMatchObject({ unanswered: true });
    expect(await world.deliveries()).toMatchObject([{ state: 'failed', lastError: { code: 'CHANNEL_BLOCKED' } }]);
  });

  test.each(['nobody', 'x'.repeat(3_000)])('that does not exist is a 404', async (id) => {
    expect(await call('DELETE', `/v1/channels/${id}`)).toMatchObject({ status: 404 });
  });

  test('I6 of another account is a 404, and it stays as it is', async () => {
    const { apiKey } = await world.addAccount();

    expect(await call('DELETE', path(), undefined, apiKey)).toMatchObject({ status: 404 });
    expect(await channels()).toHaveLength(1);
    expect(await channels(apiKey)).toEqual([]);
  });
});

describe('changing a channel', () => {
  const UNAUTHORIZED = { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } };
  const another = { id: 8, is_bot: true, first_name: 'Another', username: 'another_bot' };

  const path = () => `/v1/channels/${world.channel.channelId}`;
  const change = (body: unknown, key?: string) => call('PATCH', path(), body, key);
  const renewed = () => ({ botToken: NEW_TOKEN, apiBaseUrl: world.bot.baseUrl });
  const state = async () => (await channels())[0]?.state;
  const stored = () => world.db.items('accounts').find(({ p }) => p === `channel#${world.channel.channelId}`);

  async function revoke(): Promise<void> {
    await world.say(5, 'hello');
    world.bot.answerNext('sendMessage', UNAUTHORIZED);
    await world.reply(5);
    await world.drain();
    expect(await state()).toBe('unauthorized');
  }

  test('renames it and changes nothing else, without a call to Telegram', async () => {
    const before = stored();
    const calls = world.bot.calls.length;

    const answer = await change({ name: 'Renamed' });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      channelId: world.channel.channelId,
      transport: 'telegram',
      name: 'Renamed',
      state: 'active',
      webhookUrl: `https://konvert.example/webhooks/telegram/${world.channel.channelId}`,
    });
    expect(contract.channelChangeAnswer.parse(answer.body)).toEqual(answer.body);
    expect(stored()).toEqual({ ...before, name: 'Renamed' });
    expect(callsSince(calls)).toEqual([]);
    expect(await channels()).toMatchObject([{ name: 'Renamed' }]);
  });

  test('to new credentials tries, seals and uses them, and registers the webhook under a new secret', async () => {
    const before = world.bot.calls.length;

    expect(await change({ credentials: renewed() })).toMatchObject({ status: 200, body: { state: 'active' } });

    const calls = world.bot.calls.slice(before);
    expect(calls.map(({ method, token }) => [method, token])).toEqual([
      ['getMe', NEW_TOKEN],
      ['setWebhook', NEW_TOKEN],
    ]);
    expect(calls[1]?.body).toMatchObject({
      url: `https://konvert.example/webhooks/telegram/${world.channel.channelId}`,
      secret_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(registered()).not.toBe(world.channel.secret);
    expect(JSON.stringify(world.db.items('accounts'))).not.toContain(NEW_TOKEN.split(':')[1]);
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain();
    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'sendMessage', token: NEW_TOKEN });
  });

  test('keeps the address of the API if no other is given', async () => {
    expect(await change({ credentials: { botToken: NEW_TOKEN } })).toMatchObject({ status: 200 });

    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'setWebhook', token: NEW_TOKEN });
  });

  test('with takeOver registers its webhook again, by the credentials that it has', async () => {
    await world.store.channels.setElsewhere(world.channel.channelId, true);
    world.clock.advance(10_000);
    expect(await state()).toBe('openelsewhere');
    const before = world.bot.calls.length;

    expect(await change({ takeOver: true })).toMatchObject({ status: 200, body: { state: 'active' } });

    expect(callsSince(before)).toEqual(['getMe', 'setWebhook']);
    expect(world.bot.calls.at(-1)).toMatchObject({ token: BOT_TOKEN });
    expect(registered()).not.toBe(world.channel.secret);
    expect(await state()).toBe('active');
  });

  test.each([{ takeOver: false }, {}])('with %j alone is a 400', async (body) => {
    expect(await change(body)).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
  });

  test('to another address needs its token again', async () => {
    const answer = await change({ credentials: { apiBaseUrl: 'https://elsewhere.example' } });

    expect(answer).toMatchObject({ status: 400, body: { data: { fields: ['credentials.botToken'] } } });
  });

  test('leaves a webhook alone that the operator registered by hand', async () => {
    const { channelId } = (await connect({ setWebhook: false })).body as { channelId: string };
    const before = world.bot.calls.length;

    await call('PATCH', `/v1/channels/${channelId}`, { credentials: renewed() });

    expect(callsSince(before)).toEqual(['getMe']);
  });

  test('to disabled drops webhooks with 200, fails what waits and refuses replies, until it is enabled', async () => {
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain({ deliver: false });

    expect(await change({ enabled: false })).toMatchObject({ status: 200, body: { state: 'disabled' } });

    expect(await state()).toBe('disabled');
    await world.drain();
    expect(await world.deliveries()).toMatchObject([{ lastError: { code: 'CHANNEL_BLOCKED' } }]);
    expect(await world.chat(5)).toMatchObject({ unanswered: true });
    expect(await world.webhook(textUpdate(5, 'dropped', 8, START))).toMatchObject({ status: 200, text: 'ok' });
    expect(await world.reply(5)).toMatchObject({ status: 400, body: { error: 'CHANNEL_BLOCKED' } });

    expect(await change({ enabled: true })).toMatchObject({ status: 200, body: { state: 'active' } });

    expect(await world.webhook(textUpdate(5, 'taken', 9, START + 1_000))).toMatchObject({ status: 200 });
    expect(await world.reply(5)).toMatchObject({ status: 201 });
    await world.drain();
    const { messages } = await world.history(5);
    expect(messages.map(({ text }) => text)).toEqual(['hello', 'an answer', 'taken', 'an answer']);
    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
  });

  test('to disabled and back leaves it unauthorized if it was so before', async () => {
    await revoke();

    await change({ enabled: false });
    expect(await state()).toBe('disabled');
    expect(await change({ enabled: true })).toMatchObject({ body: { state: 'unauthorized' } });
  });

  test('to new credentials after its token was revoked makes it work, and what failed can be sent again', async () => {
    await revoke();

    expect(await change({ credentials: renewed() })).toMatchObject({ status: 200, body: { state: 'active' } });
    const [failed] = await world.deliveries();
    await call('POST', `/v1/deliveries/${failed?.deliveryId}/retry`);
    await world.drain();

    expect(await state()).toBe('active');
    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'sendMessage', token: NEW_TOKEN });
    expect(await world.deliveries()).toEqual([]);
    expect(await world.chat(5)).toMatchObject({ unanswered: false });
  });

  test('to credentials that Telegram refuses changes nothing', async () => {
    await revoke();
    const before = world.db.items('accounts');
    world.bot.answerNext('getMe', UNAUTHORIZED);

    const answer = await change({ credentials: renewed(), name: 'Renamed' });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'CREDENTIALS_REFUSED', description: 'Unauthorized', data: { fields: ['credentials'] } },
    });
    expect(world.db.items('accounts')).toEqual(before);
    expect(await state()).toBe('unauthorized');
  });

  test('to credentials of another bot is a 400 that names them, before the webhook is touched', async () => {
    const before = world.bot.calls.length;
    world.bot.answerNext('getMe', { status: 200, body: { ok: true, result: another } });

    const answer = await change({ credentials: renewed() });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields: ['credentials'] } },
    });
    expect(callsSince(before)).toEqual(['getMe']);
    await world.say(5, 'hello');
    await world.reply(5);
    await world.drain();
    expect(world.bot.calls.at(-1)).toMatchObject({ method: 'sendMessage', token: BOT_TOKEN });
  });

  test.each([
    { name: 'an empty object', body: {}, wrong: ['name', 'credentials', 'enabled'] },
    { name: 'nothing but nulls', body: { name: null, enabled: null }, wrong: ['name', 'credentials', 'enabled'] },
    { name: 'unknown fields only', body: { colour: 'red' }, wrong: ['name', 'credentials', 'enabled'] },
    { name: 'an empty name', body: { name: '' }, wrong: ['name'] },
    { name: 'an endless name', body: { name: 'x'.repeat(201) }, wrong: ['name'] },
    { name: 'a word for enabled', body: { enabled: 'yes' }, wrong: ['enabled'] },
    { name: 'a text for credentials', body: { credentials: 'x' }, wrong: ['credentials'] },
    { name: 'a text that is no token', body: { credentials: { botToken: 'x' } }, wrong: ['credentials.botToken'] },
    { name: 'no object', body: [], wrong: [] },
  ])('with $name is a 400, and nothing changes', async ({ body, wrong }) => {
    const before = world.db.items('accounts');

    expect(await change(body)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields: wrong } },
    });
    expect(world.db.items('accounts')).toEqual(before);
  });

  test('while Telegram is down is a 503, and the channel works as before', async () => {
    world.bot.answerNext('setWebhook', { status: 502, body: 'Bad gateway' });

    expect(await change({ credentials: renewed() })).toMatchObject({ status: 503 });
    expect(await world.store.channels.get(world.channel.channelId)).toMatchObject({
      credentials: { botToken: BOT_TOKEN },
      webhookSecret: world.channel.secret,
    });
  });

  test('in all its parts at once loses nothing', async () => {
    const parts = [{ name: 'Renamed' }, { credentials: renewed() }, { enabled: false }];

    expect((await Promise.all(parts.map((part) => change(part)))).map(({ status }) => status)).toEqual([200, 200, 200]);

    expect(await channels()).toMatchObject([{ name: 'Renamed', state: 'disabled' }]);
    expect(await world.store.channels.get(world.channel.channelId)).toMatchObject({
      credentials: { botToken: NEW_TOKEN },
      webhookSecret: registered(),
    });
  });

  test('is known to other processes within 10 s', async () => {
    const elsewhere = createOpenChannels({
      ...createStoreDeps({
        client: { send: async (command: never) => world.db.apply(command) } as never,
        tables: Object.fromEntries(Object.keys(tables).map((id) => [id, id])),
        clock: world.clock,
        newId: () => 'unused',
      }),
      cipher: { seal: async (text) => text, open: async () => JSON.stringify({ credentials: {}, webhookSecret: 'x' }) },
    });
    expect(await elsewhere.get(world.channel.channelId)).toMatchObject({ state: 'active' });

    await change({ enabled: false });
    world.clock.advance(10_000);

    expect(await elsewhere.get(world.channel.channelId)).toMatchObject({ state: 'disabled' });
  });

  test('that does not exist is a 404', async () => {
    expect(await call('PATCH', '/v1/channels/nobody', { name: 'x' })).toMatchObject({
      status: 404,
      body: { error: 'CHANNEL_NOT_FOUND' },
    });
  });

  test('that was deleted is a 404, also if another process deleted it a moment ago', async () => {
    await call('DELETE', path());
    expect(await change({ enabled: true })).toMatchObject({ status: 404 });

    const { channelId } = (await connect()).body as { channelId: string };
    await world.store.channels.get(channelId);
    const item = world.db.items('accounts').find(({ p }) => p === `channel#${channelId}`);
    world.db.apply(new PutCommand({ TableName: 'accounts', Item: { ...item, deletedAt: 1 } }) as never);
    expect(await call('PATCH', `/v1/channels/${channelId}`, { enabled: true })).toMatchObject({ status: 404 });
  });

  test('I6 of another account is a 404, and it stays as it is', async () => {
    const { apiKey } = await world.addAccount();

    expect(await change({ name: 'Mine' }, apiKey)).toMatchObject({ status: 404 });
    expect(await channels()).toMatchObject([{ name: 'Bot' }]);
  });
});

test.each([
  ['POST', '/v1/channels'],
  ['GET', '/v3/channels'],
  ['PATCH', '/v1/channels/x'],
  ['DELETE', '/v1/channels/x'],
])('%s %s without a key is a 401', async (method, path) => {
  expect(await world.call(method, path, { body: {} })).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
});

describe('a new secret of a webhook', () => {
  const MINUTE = 60_000;
  const DAY = 24 * 60 * MINUTE;
  const path = () => `/v1/channels/${world.channel.channelId}`;
  const renewed = () => ({ botToken: NEW_TOKEN, apiBaseUrl: world.bot.baseUrl });
  const rotate = () => call('POST', `${path()}/webhook-secret`);
  let sent = 0;
  const answerTo = async (secret: string, app?: App) =>
    (await world.webhook(textUpdate(5, 'hello', 100 + ++sent, world.clock.now()), { secret, app })).status;

  /** Everything that registers a webhook again. */
  const ways: readonly [string, () => Promise<Answer>][] = [
    ['new credentials', () => call('PATCH', path(), { credentials: renewed() })],
    ['another address (takeOver)', () => call('PATCH', path(), { takeOver: true })],
    ['the route', rotate],
  ];

  test.each(ways)('comes with %s, counts at once, and the one before for ten minutes more', async (_name, change) => {
    const old = world.channel.secret;

    const answer = await change();

    expect(answer).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(contract.channelChangeAnswer.parse(answer.body)).toEqual(answer.body);
    expect(answer.body).not.toHaveProperty('secretToken');
    expect(registered()).not.toBe(old);
    expect(JSON.stringify([answer, world.logs, world.db.items('accounts')])).not.toContain(registered());
    expect(await answerTo(registered())).toBe(200);
    expect(await answerTo(old)).toBe(200);
    world.clock.advance(10 * MINUTE);
    expect(await answerTo(old)).toBe(401);
    expect(await answerTo(registered())).toBe(200);
  });

  test.each(ways)('with %s counts in a process that knew the channel before', async (_name, change) => {
    const elsewhere = world.newProcess();
    expect(await answerTo(world.channel.secret, elsewhere)).toBe(200);

    await change();

    expect(await answerTo(registered(), elsewhere)).toBe(200);
    expect(await answerTo(world.channel.secret, elsewhere)).toBe(200);
  });

  test('counts while the messenger is being told of it', async () => {
    const during: number[] = [];
    const asked = world.bot.calls.length;
    world.failing = async ({ kind }) => {
      // The store of the registered secret: the messenger has it by then, and calls.
      if (kind === 'TransactWriteCommand' && world.bot.calls.length > asked + 1) {
        world.failing = undefined;
        during.push(await answerTo(registered()), await answerTo(world.channel.secret));
      }
      return false;
    };

    expect(await rotate()).toMatchObject({ status: 200 });

    expect(during).toEqual([200, 200]);
  });

  test.each(ways)(
    'with %s counts for ever after a crash between messenger and table, as does the old',
    async (_name, change) => {
      const asked = world.bot.calls.length;
      world.failing = () => world.bot.calls.slice(asked).some(({ method }) => method === 'setWebhook');

      expect(await change()).toMatchObject({ status: 500 });

      world.failing = undefined;
      world.clock.advance(3 * DAY);
      expect(registered()).not.toBe(world.channel.secret);
      expect(await answerTo(registered())).toBe(200);
      expect(await answerTo(world.channel.secret)).toBe(200);
      const lost = registered();
      expect(await rotate()).toMatchObject({ status: 200 });
      world.clock.advance(10 * MINUTE);
      expect([await answerTo(registered()), await answerTo(lost), await answerTo(world.channel.secret)]).toEqual([
        200, 401, 401,
      ]);
    },
  );

  test.each([
    ['refused it', { status: 400, body: { ok: false, error_code: 400, description: 'Bad webhook' } }, 400, 401],
    ['did not answer', { status: 502, body: 'Bad gateway' }, 503, 200],
  ])('counts or not if the messenger %s, and the old one counts on', async (_name, said, status, expected) => {
    world.bot.answerNext('setWebhook', said);

    expect(await rotate()).toMatchObject({ status });

    world.clock.advance(DAY);
    expect(await answerTo(registered())).toBe(expected);
    expect(await answerTo(world.channel.secret)).toBe(200);
  });

  test('that two requests make at once is refused to one of them, and the messenger’s own counts on', async () => {
    const both = await Promise.all([rotate(), rotate()]);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ error: 'CHANGE_UNDER_WAY' });
    world.clock.advance(DAY);
    expect(await answerTo(registered())).toBe(200);
  });

  test('is not made while another request is between messenger and table, and a minute after a crash it is', async () => {
    let second: Answer | undefined;
    world.failing = async ({ kind }) => {
      if (kind !== 'TransactWriteCommand') return false;
      second ??= await rotate();
      return true;
    };

    expect(await rotate()).toMatchObject({ status: 500 });

    world.failing = undefined;
    expect(second).toMatchObject({ status: 409, body: { error: 'CHANGE_UNDER_WAY' } });
    expect(await rotate()).toMatchObject({ status: 409 });
    world.clock.advance(60_000);
    expect(await rotate()).toMatchObject({ status: 200 });
  });

  test('is not made for a deleted channel, or one of another account', async () => {
    const { apiKey } = await world.addAccount();
    expect(await call('POST', `${path()}/webhook-secret`, undefined, apiKey)).toMatchObject({ status: 404 });
    await call('DELETE', path());
    expect(await rotate()).toMatchObject({ status: 404 });
  });

  test('is shown if the webhook is registered by hand, and the one before counts for an hour', async () => {
    const made = (await connect({ setWebhook: false })).body as { channelId: string; secretToken: string };
    const before = world.bot.calls.length;

    const { status, body } = await world.call('POST', `/v1/channels/${made.channelId}/webhook-secret`, {
      key: world.account.apiKey,
    });

    const { secretToken } = body as { secretToken: string };
    const channel = { channelId: made.channelId, secret: '' };
    const answers = async (secret: string) =>
      (await world.webhook(textUpdate(6, 'hi', 900 + ++sent, world.clock.now()), { channel, secret })).status;
    expect(status).toBe(200);
    expect(callsSince(before)).toEqual(['getMe']);
    expect(secretToken).toMatch(/^[0-9a-f]{64}$/);
    expect([await answers(secretToken), await answers(made.secretToken)]).toEqual([200, 200]);
    world.clock.advance(60 * MINUTE);
    expect([await answers(secretToken), await answers(made.secretToken)]).toEqual([200, 401]);
  });

  test('a stranger without it makes the channel be read once in ten seconds, not with every request', async () => {
    await answerTo(world.channel.secret);
    let reads = 0;
    world.failing = ({ kind }) => {
      if (kind === 'GetCommand') reads += 1;
      return false;
    };

    for (let index = 0; index < 50; index += 1) expect(await answerTo('f'.repeat(64))).toBe(401);

    expect(reads).toBe(1);
  });
});
