import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { maxHeaderSize } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { type KonvertProcess, makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { connectTelegram, type PlayedTelegram } from '#test/e2e/played-telegram';
import { BOT_TOKEN, clientText, postUpdate } from '#test/e2e/telegram-update';
import { type RawAnswer, sendRaw } from '#test/hostile/raw-http';
import {
  CHAT,
  filled,
  filledBytes,
  type HostileRequest,
  hostileRequest,
  isPublic,
  print,
  type Words,
} from '#test/hostile/requests';
import { SEED } from '#test/seed';

// SEED=… WIRE_REQUESTS=… npx vitest run test/hostile/wire repeats a run. `npm run long` sends more requests.
const requests = Number(process.env.WIRE_REQUESTS ?? 400);
const AT_ONCE = 8;
const MIB = 1024 * 1024;
const MOST_MEMORY_KB = 1024 * 1024;

/** Keeps all requests on this machine, whatever address a request names. */
const NO_WAY_OUT = {
  NODE_USE_ENV_PROXY: '1',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
};

interface Started {
  readonly port: number;
  readonly konvert: KonvertProcess;
  readonly played: PlayedTelegram;
}

async function start(): Promise<Started> {
  const port = await freePort();
  const konvert = await startKonvert({ folder: await makeFolder(), port, by: 'node', env: NO_WAY_OUT });
  return { port, konvert, played: await connectTelegram(konvert) };
}

async function wordsFor({ konvert: { url, folder }, played }: Started): Promise<Words> {
  const { apiKey: key, webhook, bot } = played;
  const operator = (await readFile(join(folder, 'operator.key'), 'utf8')).trim();
  const other = await callApi(url, 'POST', '/v1/accounts', { key: operator, body: { name: 'Other' } });
  const credentials = { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl };
  const body = { transport: 'telegram', name: 'Hostile', credentials, setWebhook: false };
  const { channelId: channel, secretToken: secret } = (await callApi(url, 'POST', '/v1/channels', { key, body })).body;
  return {
    channel,
    key,
    keyCut: key.slice(0, -1),
    keyId: 'no-such-key',
    otherAccount: other.body.accountId,
    otherKey: other.body.apiKey,
    operator,
    secret,
    secretCut: secret.slice(0, -1),
    secretUpper: secret.toUpperCase(),
    otherSecret: webhook.secret,
    api: bot.baseUrl,
    seen: 'none',
    before: 'none',
    message: 'none',
    delivery: 'none',
  };
}

function bytesOf({ method, target, headers, body }: HostileRequest, words: Words): Buffer {
  const filledBody = filledBytes(body, words);
  const lines = [
    `${method} ${filled(target, words)} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${filled(value, words)}`),
    'host: 127.0.0.1',
    'connection: close',
    `content-length: ${filledBody.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), filledBody]);
}

function wrongWith({ route, sender }: HostileRequest, sent: Buffer, answer: RawAnswer | undefined): string | undefined {
  // Node answers 431 while a long head is still being sent, and the connection may be reset before the answer is read.
  if (!answer) return sent.indexOf('\r\n\r\n') > maxHeaderSize ? undefined : 'no answer';
  const { status, body } = answer;
  // The caller chose the address of the messenger, so a 503 is right.
  const isTheirs = status === 503 && body.includes('MESSENGER_UNREACHABLE');
  if (!(status >= 200 && status < 500) && !isTheirs) return `${status} ${body}`;
  const isLetIn = status < 300 && sender === 'nobody' && !(route && isPublic(route));
  return isLetIn ? `let in: ${status}` : undefined;
}

/** Whether the request may have changed or deleted the channel. */
function changesChannel({ route, sender }: HostileRequest, { status }: RawAnswer): boolean {
  const isChange = route?.method === 'DELETE' || route?.method === 'PATCH';
  return sender === 'trusted' && status < 300 && isChange && route.path.includes('/channels/');
}

/** Sends `count` requests, some at a time. Resolves to what was wrong. */
async function sendAll(
  started: Started,
  known: Words,
  wanted: (request: HostileRequest) => boolean,
  count: number,
): Promise<string[]> {
  let words = known;
  const left = fc.sample(hostileRequest.filter(wanted), { seed: SEED, numRuns: count }).values();
  const wrong: string[] = [];
  const sendLeft = async () => {
    for (const request of left) {
      const bytes = bytesOf(request, words);
      const [answer] = await sendRaw(started.port, bytes);
      const reason = wrongWith(request, bytes, answer);
      if (reason) wrong.push(`seed ${SEED}: ${reason}\n${print(request)}`);
      else if (answer && changesChannel(request, answer)) words = await wordsFor(started);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendLeft));
  return wrong;
}

/** Checks that lists, chats and histories can be read, that a sane message arrives, and that the log has no failure. */
async function expectWell({ konvert: { url, folder, output, pid }, played }: Started): Promise<void> {
  const { apiKey: key, webhook, channelId } = played;
  const read = async (path: string) => {
    const { status, body } = await callApi(url, 'GET', path, { key });
    expect(status, `${path} ${JSON.stringify(body)}`).toBe(200);
    return body;
  };
  expect((await postUpdate(webhook, clientText({ chat: CHAT, id: 9_000_001, text: 'a sane word' }))).status).toBe(200);
  await until('the sane word arrives', async () => {
    const { body } = await callApi(url, 'GET', `/v1/chats/${channelId}/telegram/${CHAT}`, { key });
    return body.preview === 'a sane word' || undefined;
  });
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await read(`/v1/chats?limit=100${cursor && `&cursor=${cursor}`}`);
    for (const { channelId: channel, chatType, chatId } of page.chats) {
      const path = `/v1/chats/${[channel, chatType, chatId].map(encodeURIComponent).join('/')}`;
      await read(path);
      await read(`${path}/messages?limit=100`);
    }
    cursor = page.nextCursor;
  }
  const log = await readFile(join(folder, 'konvert.log'), 'utf8');
  expect(
    log.split('\n').filter((line) => /"outcome":"(failed|kept|broken)"|"server":"failed"|"status":500/.test(line)),
  ).toEqual([]);
  expect(output()).not.toMatch(/unhandled|uncaught/i);
  const status = `/proc/${pid}/status`;
  if (existsSync(status)) {
    const [, memoryKb] = /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8')) ?? [];
    expect(Number(memoryKb)).toBeLessThan(MOST_MEMORY_KB);
    console.log(
      `${requests} requests over sockets from seed ${SEED}; at most ${Math.round(Number(memoryKb) / 1024)} MiB`,
    );
  }
}

async function everything({ konvert: { url }, played: { apiKey: key } }: Started): Promise<unknown> {
  const lists = ['/v1/chats', '/v3/channels', '/v1/deliveries', '/v3/users', '/v3/pipelines', '/v1/settings'];
  return Promise.all(lists.map((path) => callApi(url, 'GET', path, { key })));
}

const LONG_MS = 3_600_000;

test(`${requests} hostile requests over sockets, seed ${SEED}, break nothing and store nothing unverified`, {
  timeout: LONG_MS,
}, async () => {
  const started = await start();
  const words = await wordsFor(started);
  const before = await everything(started);

  const idle = await sendAll(started, words, ({ sender }) => sender === 'nobody', Math.ceil(requests / 4));
  expect(idle.slice(0, 3)).toEqual([]);
  expect(await everything(started)).toEqual(before);

  const wrong = await sendAll(started, words, () => true, requests);
  expect(wrong.slice(0, 3)).toEqual([]);
  await expectWell(started);
});

test('malformed, slow, large and aborted requests are answered as they should be, and break nothing', async () => {
  const started = await start();
  const { port, played } = started;
  const { pathname } = new URL(played.webhook.url);
  const update = Buffer.from(JSON.stringify(clientText({ chat: CHAT, id: 1, text: 'hello' })));
  const secret = `x-telegram-bot-api-secret-token: ${played.webhook.secret}`;
  const post = (headers: readonly string[], body: Buffer | string = '') =>
    Buffer.concat([
      Buffer.from(
        `${[`POST ${pathname} HTTP/1.1`, 'host: x', 'connection: close', secret, ...headers].join('\r\n')}\r\n\r\n`,
      ),
      Buffer.from(body),
    ]);
  const sized = (length: number) => post([`content-length: ${length}`], Buffer.alloc(length, ' '));
  const statuses = async (bytes: Buffer | string, options = {}) =>
    (await sendRaw(port, Buffer.from(bytes), options)).map(({ status }) => status);
  const get = 'GET /healthz HTTP/1.1\r\nhost: x\r\n';

  const rows: readonly (readonly [name: string, bytes: Buffer | string, expected: readonly number[]])[] = [
    ['no HTTP', 'hello\r\n\r\n', [400]],
    ['bytes', Buffer.from('16030100ff00ff00', 'hex'), [400]],
    ['another version', 'GET / HTTP/9.9\r\n\r\n', [400]],
    ['NUL in a header', `${get}x: a\0b\r\n\r\n`, [400]],
    ['no host', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n', [400]],
    ['a negative length', post(['content-length: -1']), [400]],
    ['two lengths', post(['content-length: 1', 'content-length: 2'], 'ab'), [400]],
    ['a length and chunks', post(['content-length: 1', 'transfer-encoding: chunked'], '0\r\n\r\n'), [400]],
    ['chunks of no size', post(['transfer-encoding: chunked'], 'zz\r\n'), [400]],
    ['headers without end', `${get}x: ${'y'.repeat(100_000)}\r\n\r\n`, [431]],
    ['a path without end', `GET /${'y'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, [431]],
    [
      'one after the other, without waiting',
      `${`${get}\r\n`.repeat(30)}${get}connection: close\r\n\r\n`,
      Array(31).fill(200),
    ],
    ['1 MiB', sized(MIB), [400]],
    ['1 MiB and a byte', sized(MIB + 1), [413]],
    ['10 MiB', sized(10 * MIB), [413]],
    ['10 MiB and a byte', sized(10 * MIB + 1), [413]],
    [
      'the update, in chunks',
      post(['transfer-encoding: chunked'], `${update.length.toString(16)}\r\n${update}\r\n0\r\n\r\n`),
      [200],
    ],
  ];
  for (const [name, bytes, expected] of rows) {
    expect(await statuses(bytes), name).toEqual(expected);
  }
  const whole = post([`content-length: ${update.length}`], update);
  expect(await statuses(whole, { pauses: { count: 20, ms: 20 } }), 'slowly').toEqual([200]);
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => sendRaw(port, whole.subarray(0, 20 + index * 4), { leaves: true })),
  );
  await Promise.all(Array.from({ length: 20 }, () => sendRaw(port, sized(5 * MIB), { leaves: true })));
  expect(await statuses(`${get}connection: close\r\n\r\n`)).toEqual([200]);

  await expectWell(started);
});
