import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { codeSamples } from '#api/code-samples';
import { described, type RouteName } from '#api/described';
import { examples } from '#api/examples/index';
import * as story from '#api/examples/story';
import { startReceiver } from '#test/calls/receiver-double';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { deployed } from '#test/e2e/place';
import { clientText, postUpdate } from '#test/e2e/telegram-update';

const run = promisify(execFile);
const client = new URL('../../clients/typescript/index.ts', import.meta.url).href;
const hasHttpx = spawnSync('python3', ['-c', 'import httpx']).status === 0;

/** The tokens of bots in the examples. */
const TOKENS = ['123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11', '123456:ZYX-WVU1234ghIkl-abc57W2v1u123ew11'];

/** What the story names, by what this Konvert has instead. */
type Real = Map<string, string>;

function sampleOf(route: RouteName, label: 'curl' | 'TypeScript' | 'Python', real: Real): string {
  const [method = '', path = ''] = route.split(' ');
  const samples = codeSamples({ method, path, security: described[route]!.security, example: examples[route] });
  const source = samples.find((sample) => sample.label === label)!.source;
  return [...real].reduce((text, [told, one]) => text.replaceAll(told, one), source);
}

/** Starts a Konvert with Telegram and a receiver of events in its reach, and nothing in it. */
async function start() {
  const [bot, receiver, folder, port] = await Promise.all([startBotApi(), startReceiver(), makeFolder(), freePort()]);
  onTestFinished(() => bot.stop());
  onTestFinished(() => receiver.stop());
  const konvert = await startKonvert({ folder, port, env: deployed ? {} : { KONVERT_TELEGRAM_API: bot.baseUrl } });
  const operatorKey = await konvert.operatorKey();
  const env: NodeJS.ProcessEnv = { ...process.env, KONVERT: konvert.url, KONVERT_OPERATOR_KEY: operatorKey };
  const real: Real = new Map([['https://crm.example/hooks/konvert', receiver.url]]);
  // No setting of a deployment leads it from Telegram to a double, so the credentials do.
  if (deployed) for (const token of TOKENS) real.set(`${token}"`, `${token}", "apiBaseUrl": "${bot.baseUrl}"`);
  return { bot, konvert, env, real };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Pastes the sample of curl into bash. Resolves to the answer, which has to be as the route describes it. */
async function paste({ env, real }: Started, route: RouteName) {
  const program = `curl() { command curl -sS -w '\\n%{http_code}' "$@"; }\n${sampleOf(route, 'curl', real)}`;
  const { stdout } = await run('bash', ['-c', program], { env });
  const [status = '', ...lines] = stdout.split('\n').reverse();
  expect({ route, status, body: lines.reverse().join('\n') }).toMatchObject({ status: `${described[route]!.status}` });
  return JSON.parse(lines.join('\n') || '{}');
}

/** Anna's two messages come in, and her chat is unanswered. */
async function write(started: Started) {
  const { bot, konvert, env } = started;
  const texts = [story.QUESTION, story.PRICE].map((text, index) =>
    clientText({ chat: Number(story.TELEGRAM_CHAT.chatId), id: index + 1, text }),
  );
  const set = bot.calls.find(({ method }) => method === 'setWebhook')?.body as { url: string; secret_token: string };
  if (!deployed) bot.push(...texts);
  else for (const text of texts) await postUpdate({ url: konvert.reached(set.url), secret: set.secret_token }, text);
  return until('both are shown', async () => {
    const { body } = await callApi(konvert.url, 'GET', '/v1/chats', { key: env.KONVERT_KEY! });
    return body.chats.find((chat: { unansweredCount: number }) => chat.unansweredCount === 2);
  });
}

/** An account with a bot, the directory of a CRM, and a client who waits. All of it is made by the samples of curl. */
async function open(started: Started) {
  const { env, real } = started;
  const account = await paste(started, 'POST /v1/accounts');
  env.KONVERT_KEY = account.apiKey;
  real.set(story.ACCOUNT_ID, account.accountId).set(story.FIRST_KEY_ID, account.keyId);
  const channel = await paste(started, 'POST /v1/channels');
  real.set(story.TELEGRAM_CHANNEL, channel.channelId);
  for (const route of ['POST /v3/users', 'POST /v3/contacts', 'POST /v3/pipelines', 'POST /v3/deals'] as const)
    await paste(started, route);
  await paste(started, 'PUT /v1/settings/channels/{channelId}');
  await write(started);
}

test('the samples of curl, pasted one after another, are a working integration', async () => {
  const started = await start();
  const { real, env, konvert } = started;
  await open(started);
  const chat = `/v1/chats/${real.get(story.TELEGRAM_CHANNEL)}/telegram/${story.TELEGRAM_CHAT.chatId}`;
  const history = async () => (await callApi(konvert.url, 'GET', `${chat}/messages`, { key: env.KONVERT_KEY! })).body;

  const { messages, seenUpTo } = await paste(started, 'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages');
  expect(messages.map(({ text }: { text: string }) => text)).toEqual([story.QUESTION, story.PRICE]);
  real.set(story.PRICE_ID, messages[1].messageId).set(story.SEEN_IN_TELEGRAM, seenUpTo);
  expect(await paste(started, 'GET /v3/unanswered/{id}')).toMatchObject({ counterV2: 2, type: 'red' });
  expect(await paste(started, 'GET /v1/chats')).toMatchObject({ chats: [{ name: story.ANNA.name, isOwn: true }] });

  const sent = await paste(started, 'POST /v3/message');
  real.set(story.REPLY_ID, sent.messageId);
  await until('it was sent', async () => (await history()).messages.at(-1).status === 'sent' || undefined);
  for (const route of [
    'PATCH /v3/message/{messageId}',
    'DELETE /v3/message/{messageId}',
    'GET /v1/chats/{channelId}/{chatType}/{chatId}',
    'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed',
    'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed',
    'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals',
    'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals',
    'PUT /v1/drafts/{channelId}/{chatType}/{chatId}',
    'GET /v1/drafts/{channelId}/{chatType}/{chatId}',
    'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}',
    'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible',
    'GET /v1/assignments',
    'GET /v3/channels',
    'GET /v1/channels/{channelId}/newest-message',
    'GET /v3/templates/whatsapp',
    'PATCH /v3/webhooks',
    'GET /v3/webhooks',
    'POST /v3/webhooks',
    'POST /v1/webhooks/secret',
    'POST /v1/webhooks/test',
    'GET /v1/webhooks/answers',
    'GET /v1/deliveries',
    'POST /v1/deliveries/retry',
    'GET /v1/settings',
    'PATCH /v1/settings',
    'PUT /v1/users/{userId}/schedule',
    'GET /v1/users',
    'GET /v1/quick-replies',
    'POST /v3/iframe',
    'GET /v1/me',
    'GET /v1/me/notices',
    'GET /v1/devices',
    'PUT /v1/push-subscriptions/{id}',
    'DELETE /v1/push-subscriptions/{id}',
    'POST /v1/doorbells',
    'POST /v1/files',
    'GET /v1/account/keys',
    'GET /healthz',
    'GET /openapi.json',
  ] as const)
    await paste(started, route);

  const link = await paste(started, 'POST /v1/page-links');
  real.set('this-is-the-secret-of-a-link-43-characters-', link.url.split('#k=')[1]);
  await paste(started, 'POST /v1/page-tokens');
  real.set(story.SECOND_KEY_ID, (await paste(started, 'POST /v1/account/keys')).keyId);
  await paste(started, 'DELETE /v1/account/keys/{keyId}');
  await paste(started, 'POST /v1/accounts/{accountId}/keys');

  for (const kind of ['users', 'contacts', 'deals'] as const) {
    await paste(started, `GET /v3/${kind}`);
    await paste(started, `GET /v3/${kind}/{id}`);
  }
  await paste(started, 'PUT /v3/contacts/{id}');
  await paste(started, 'GET /v3/pipelines');
  await paste(started, 'PUT /v1/pipelines');
  for (const kind of ['deals', 'contacts', 'users'] as const) {
    await paste(started, `PATCH /v3/${kind}/bulk_delete`);
    await paste(started, `POST /v3/${kind}`);
    await paste(started, `DELETE /v3/${kind}/{id}`);
  }
  await paste(started, 'PATCH /v1/channels/{channelId}');
  // There is no Meta here, and the example is of a number of WhatsApp.
  real.set(story.WHATSAPP_CHANNEL, real.get(story.TELEGRAM_CHANNEL)!);
  await paste(started, 'POST /v1/channels/{channelId}/webhook-secret');
  await paste(started, 'DELETE /v1/channels/{channelId}');
  await paste(started, 'PATCH /v1/accounts/{accountId}');
});

/** What most integrations call. */
const MAIN = [
  'GET /v3/channels',
  'POST /v3/users',
  'POST /v3/contacts',
  'GET /v1/chats',
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages',
  'POST /v3/message',
  'GET /v3/unanswered/{id}',
] as const satisfies readonly RouteName[];

test('the samples of TypeScript run as they are', async () => {
  const started = await start();
  await open(started);
  const folder = await mkdtemp(join(tmpdir(), 'konvert-samples-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));

  for (const route of MAIN) {
    const file = join(folder, 'sample.mts');
    await writeFile(file, sampleOf(route, 'TypeScript', started.real).replace('@konvert/client', client));
    const { stdout } = await run(process.execPath, [file], { env: started.env });
    expect(stdout, route).not.toBe('');
  }
});

test.skipIf(!hasHttpx)('the samples of Python run as they are (skipped where there is no httpx)', async () => {
  const started = await start();
  await open(started);

  for (const route of MAIN) {
    const { stdout } = await run('python3', ['-c', sampleOf(route, 'Python', started.real)], { env: started.env });
    expect(stdout, route).not.toBe('');
  }
});
