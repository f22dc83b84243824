import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBotApi, type WaitingUpdate } from '#test/channels/telegram/bot-api-double';
import { type ApiAnswer, callApi, freePort, until } from '#test/e2e/call-api';
import { type KonvertProcess, makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';
import { deployed, needsThisMachine } from '#test/e2e/place';
import { connectTelegram, makeAccount } from '#test/e2e/played-telegram';
import { BOT_TOKEN, clientText, postUpdate } from '#test/e2e/telegram-update';

const CRM_WEBHOOK = 'https://crm.example.com/secret-path';

/** Starts a Konvert as on a laptop, with an account, and a double in place of Telegram. */
async function startOnLaptop() {
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const env = { KONVERT_TELEGRAM_API: bot.baseUrl };
  const options = { folder: await makeFolder(), port: await freePort(), by: 'node' as const, env };
  const konvert = await startKonvert(options);
  return { bot, options, konvert, key: await makeAccount(konvert) };
}

function connect({ url }: KonvertProcess, key: string, fields: Record<string, unknown> = {}): Promise<ApiAnswer> {
  const body = { transport: 'telegram', name: 'Own bot', credentials: { botToken: BOT_TOKEN }, ...fields };
  return callApi(url, 'POST', '/v1/channels', { key, body });
}

/** The chat, once the condition holds. */
function chatWhen({ url }: KonvertProcess, key: string, path: string, isSo: (chat: ApiAnswer['body']) => boolean) {
  const ask = async () => {
    const { status, body } = await callApi(url, 'GET', path, { key });
    return status === 200 && isSo(body) ? body : undefined;
  };
  return until(`${path} is as it should be`, ask);
}

async function messagesOf({ url }: KonvertProcess, key: string, path: string): Promise<ApiAnswer['body'][]> {
  return (await callApi(url, 'GET', `${path}/messages?limit=100`, { key })).body.messages;
}

const ways = {
  async 'a webhook'() {
    const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort(), by: 'node' });
    const { apiKey: key, channelId, webhook } = await connectTelegram(konvert);
    const happens = async (update: WaitingUpdate) => expect((await postUpdate(webhook, update)).status).toBe(200);
    return { konvert, key, channelId, happens };
  },

  async getUpdates() {
    const { bot, konvert, key } = await startOnLaptop();
    const { status, body } = await connect(konvert, key);
    const { channelId } = body;
    expect(status).toBe(201);
    expect(body).toEqual({ channelId, transport: 'telegram', name: 'Own bot', state: 'active', polling: true });
    return { konvert, key, channelId, happens: async (update: WaitingUpdate) => bot.push(update) };
  },
};

test.each(Object.entries(ways).filter(([name]) => !deployed || name === 'a webhook'))(
  'a photo, an edit, a block and an owner’s reply come in by %s',
  async (_name, begin) => {
    const { konvert, key, channelId, happens } = await begin();
    const pathOf = (chat: number) => `/v1/chats/${channelId}/telegram/${chat}`;
    const { message } = clientText({ chat: 601, id: 1, text: 'Is the red one in stock?' });
    const { text: _text, ...photo } = clientText({ chat: 601, id: 2, text: '' }).message;
    const size = { file_id: 'AgAAs', file_unique_id: 'us', width: 90, height: 60, file_size: 1200 };
    const bot = { id: 7_000_000_001, is_bot: true, first_name: 'Konvert' };
    const kicked = {
      old_chat_member: { user: bot, status: 'member' },
      new_chat_member: { user: bot, status: 'kicked' },
    };

    await happens({ update_id: 1, message });
    await happens({ update_id: 2, message: { ...photo, photo: [size], caption: 'this one' } });
    await happens({ update_id: 3, edited_message: { ...message, edit_date: message.date, text: 'Is the blue one?' } });
    await happens({
      update_id: 4,
      my_chat_member: { chat: message.chat, from: message.from, date: message.date, ...kicked },
    });
    // When this last message is stored, all before it have been taken.
    await happens({ update_id: 5, message: { ...message, message_id: 3, text: 'Hello?' } });

    await chatWhen(konvert, key, pathOf(601), ({ unansweredCount }) => unansweredCount === 3);
    const said = (await messagesOf(konvert, key, pathOf(601))).filter(({ type }) => type !== 'system');
    expect(said).toHaveLength(3);
    expect(said).toContainEqual(expect.objectContaining({ type: 'text', text: 'Is the blue one?', isEdited: true }));
    expect(said).toContainEqual(expect.objectContaining({ type: 'image', text: 'this one' }));

    const owner = { id: 62_000_111, is_bot: false, first_name: 'Shop' };
    const connection = { id: 'bcX1', user: owner, user_chat_id: owner.id, date: message.date, is_enabled: true };
    const asked = {
      ...clientText({ chat: 602, id: 11, text: 'Are you open?' }).message,
      date: message.date - 10,
      business_connection_id: 'bcX1',
    };
    const reply = { ...asked, message_id: 12, date: asked.date + 6, from: owner, text: 'Until six' };
    await happens({ update_id: 6, business_connection: { ...connection, rights: { can_reply: true } } });
    await happens({ update_id: 7, business_message: asked });
    await chatWhen(konvert, key, pathOf(602), ({ unansweredCount }) => unansweredCount === 1);
    await happens({ update_id: 8, business_message: reply });

    await chatWhen(konvert, key, pathOf(602), ({ unanswered }) => !unanswered);
    expect((await messagesOf(konvert, key, pathOf(602))).map(({ isEcho, text }) => [isEcho, text])).toEqual([
      [false, 'Are you open?'],
      [true, 'Until six'],
    ]);
  },
);

test('I3, I7 updates that are fetched survive kill -9: none is lost, doubled or out of order', async () => {
  needsThisMachine('kill -9');
  const { bot, options, konvert: first, key } = await startOnLaptop();
  const { channelId } = (await connect(first, key)).body;
  const chats = [701, 702, 703];
  const now = Math.floor(Date.now() / 1000);
  // They are a second apart, so that their order shows.
  const updates = Array.from({ length: 120 }, (_, index) => {
    const said = { chat: chats[index % 3]!, id: 1 + index, text: `text ${index}`, date: now - 1000 + index };
    return { ...clientText(said), update_id: 5_000 + index };
  });
  const textsOf = (chat: number) =>
    updates.filter(({ message }) => message.chat.id === chat).map((one) => one.message.text);

  let konvert = first;
  let calls = 0;
  bot.push(...updates);
  // The first kill is within the first batch of a hundred, the second within the next.
  for (const stored of [1, 105]) {
    await until(`${stored} are stored`, async () => {
      const log = await readFile(join(konvert.folder, 'konvert.log'), 'utf8');
      return log.split('"outcome":"stored"').length > stored || undefined;
    });
    await konvert.kill();
    calls = bot.calls.length;
    konvert = await startKonvert(options);
  }
  const begun = await until('it fetches again', async () =>
    bot.calls.slice(calls).find(({ method }) => method === 'getUpdates'),
  );
  // It begins with the batch that was under way, or behind it if all of that was stored before the kill came.
  expect([5_100, 5_120]).toContain((begun.body as { offset: number }).offset);

  for (const chat of chats) {
    const path = `/v1/chats/${channelId}/telegram/${chat}`;
    await chatWhen(konvert, key, path, ({ unansweredCount }) => unansweredCount === 40);
    expect((await messagesOf(konvert, key, path)).map(({ text }) => text)).toEqual(textsOf(chat));
  }
  await until('all is confirmed', async () => bot.waiting.length === 0 || undefined);
  const offsets = JSON.parse(await readFile(join(konvert.folder, 'offsets.json'), 'utf8'));
  expect(offsets).toEqual({ '123456': { next: 5_120, at: expect.any(Number) } });

  // The call that waits for news would take half a minute.
  const stoppedAt = performance.now();
  expect(await konvert.stop()).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(25_000);
});

test('a webhook that leads elsewhere is reported, and removed only with takeOver', async () => {
  needsThisMachine('a bot that is fetched');
  const { bot, konvert, key } = await startOnLaptop();
  const { url } = konvert;
  const stateWhen = (wanted: string) =>
    until(`the state is ${wanted}`, async () => {
      const [channel] = (await callApi(url, 'GET', '/v3/channels', { key })).body;
      return channel.state === wanted || undefined;
    });
  bot.webhookUrl = CRM_WEBHOOK;

  const refused = await connect(konvert, key);
  expect(refused).toMatchObject({ status: 409, body: { error: 'CONNECTED_ELSEWHERE' } });
  expect(refused.body.data).toEqual({ webhookHost: 'crm.example.com' });
  expect(refused.body.description).toContain('"takeOver": true');
  expect((await callApi(url, 'GET', '/v3/channels', { key })).body).toEqual([]);
  expect(bot.webhookUrl).toBe(CRM_WEBHOOK);

  const taken = await connect(konvert, key, { takeOver: true });
  expect(taken).toMatchObject({ status: 201, body: { state: 'active', polling: true } });
  const { channelId } = taken.body;
  await until('it is fetched', async () => bot.calls.find(({ method }) => method === 'getUpdates'));
  const again = await connect(konvert, key, { takeOver: true });
  expect(again).toMatchObject({ status: 409, body: { error: 'CONNECTED_ELSEWHERE' } });

  bot.webhookUrl = CRM_WEBHOOK;
  bot.endWait();
  await stateWhen('openelsewhere');
  const line = `Channel ${channelId}: The bot's webhook leads to crm.example.com`;
  await until('it is told', async () => konvert.output().includes(line) || undefined);
  expect(bot.webhookUrl).toBe(CRM_WEBHOOK);

  const path = `/v1/channels/${channelId}`;
  expect(await callApi(url, 'PATCH', path, { key, body: { takeOver: true } })).toMatchObject({
    status: 200,
    body: { channelId, state: 'active', polling: true },
  });
  bot.push({ ...clientText({ chat: 5, id: 1, text: 'hello' }) });
  await chatWhen(konvert, key, `/v1/chats/${channelId}/telegram/5`, ({ unanswered }) => unanswered);
  await stateWhen('active');

  bot.webhookUrl = CRM_WEBHOOK;
  expect((await callApi(url, 'DELETE', path, { key })).status).toBe(200);
  expect(bot.webhookUrl).toBe(CRM_WEBHOOK);
  const shown = konvert.output() + (await readFile(join(konvert.folder, 'konvert.log'), 'utf8'));
  for (const secret of ['secret-path', BOT_TOKEN.split(':')[1]!]) expect(shown).not.toContain(secret);
});

test('one command leads from the token to the first reply', async () => {
  needsThisMachine('a bot that is fetched');
  const { bot, options, konvert } = await startOnLaptop();
  const env = { PORT: String(options.port) };
  const run = (fields: object, ...words: string[]) =>
    runCommand({ folder: options.folder, env, ...fields }, 'connect-telegram', ...words);
  bot.webhookUrl = CRM_WEBHOOK;
  bot.push(clientText({ chat: 901, id: 1, text: 'Is the red one in stock?' }));

  const refused = await run({ input: `${BOT_TOKEN}\n` });
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("The bot's webhook leads to crm.example.com");
  expect(refused.output).toContain('run this again with --take-over');
  const [, key = ''] = /export KONVERT_API_KEY=(\w+)/.exec(refused.output) ?? [];

  const connected = await run({ env: { ...env, TELEGRAM_BOT_TOKEN: BOT_TOKEN, KONVERT_API_KEY: key } }, '--take-over');
  expect(connected.code).toBe(0);
  expect(connected.output).toContain('https://t.me/konvert_bot');
  expect(connected.output).toContain('Client 901: Is the red one in stock?');
  const [line = ''] = /curl .*v3\/message'$/m.exec(connected.output) ?? [];
  const { status } = await new Promise<{ status: number | null }>((resolve) =>
    execFile('sh', ['-c', line], (error) => resolve({ status: error ? 1 : 0 })),
  );
  expect(status).toBe(0);
  const path = `/v1/chats/${(await callApi(konvert.url, 'GET', '/v3/channels', { key })).body[0].channelId}/telegram/901`;
  await chatWhen(konvert, key, path, ({ unanswered }) => !unanswered);
  const sent = await until('it is sent', async () => bot.calls.find(({ method }) => method === 'sendMessage'));
  expect(sent.body).toMatchObject({ chat_id: 901, text: 'Good day!' });
  expect(refused.output + connected.output).not.toContain(BOT_TOKEN);
  expect(await run({})).toEqual({ code: 1, output: expect.stringContaining('There was no token') });
});
