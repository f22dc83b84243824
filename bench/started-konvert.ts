import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngineClient, type EngineClient } from '#local/engine/engine-client';
import { endSurvivor } from '#local/engine/survivor';
import type { DocumentClient } from '#store/dynamo/client';
import { type BotApiCall, type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { callApi, freePort } from '#test/e2e/call-api';

const OPERATOR_KEY = 'operator-key-of-the-bench-and-of-nothing-else';
const LOOK_EVERY_MS = 10;
/** A machine that is busy with other things starts slowly. */
const READY_WITHIN_MS = 60_000;
const root = resolve(import.meta.dirname, '..');

/** An account with a Telegram channel that a double of Telegram serves. */
export interface StartedAccount {
  readonly accountId: string;
  readonly apiKey: string;
  readonly channelId: string;
  /** The secret of the channel's webhook. */
  readonly secret: string;
  /** Calls the API as the CRM of the account. An answer that is no success ends the bench. */
  // biome-ignore lint/suspicious/noExplicitAny: benches look into any answer
  call(method: string, path: string, body?: unknown): Promise<any>;
}

/** `npm start` on a folder of its own, with one account. */
export interface StartedKonvert extends StartedAccount {
  readonly url: string;
  /** The processes of Konvert and of its engine. */
  readonly pids: { readonly konvert: number; readonly engine: number };
  /** The tables, beside Konvert: what is written here rings no bell. */
  readonly database: DocumentClient;
  addAccount(): Promise<StartedAccount>;
  /** Ends Konvert by `kill -9` and starts it again on the same folder. */
  crash(): Promise<void>;
}

/** An engine that Konvert is started on, in the place of its own. */
export interface OtherEngine {
  /** Where Konvert finds it. */
  readonly endpoint: string;
  /** Where the bench does, beside Konvert. */
  readonly direct: string;
}

/**
 * Starts Konvert with its own engine and a file, or on another engine, runs the work, and leaves nothing behind.
 * `onBotCall` hears of each call of Telegram.
 */
export async function withKonvert<T>(
  work: (konvert: StartedKonvert) => Promise<T>,
  onBotCall?: (call: BotApiCall) => void,
  other?: OtherEngine,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'konvert-bench-'));
  const bot = await startBotApi(onBotCall);
  const port = await freePort();
  let started = start(folder, port, other?.endpoint);
  let database: EngineClient | undefined;
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilHealthy(url);
    database = createEngineClient(other?.direct ?? endpointIn(join(folder, 'engine.log')));
    const engine = other ? Number.NaN : pidIn(join(folder, 'engine.pid'));
    const pids = { konvert: pidIn(join(folder, 'lock')), engine };
    const addAccount = () => makeAccount(url, bot);
    const crash = async () => {
      process.kill(pidIn(join(folder, 'lock')), 'SIGKILL');
      await once(started, 'exit');
      started = start(folder, port, other?.endpoint);
      await untilHealthy(url);
    };
    return await work({ ...(await addAccount()), url, pids, database, addAccount, crash });
  } finally {
    database?.destroy();
    await end(started);
    if (!other) await endSurvivor(join(folder, 'engine.pid'), join(folder, 'konvert.db'));
    await bot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeAccount(url: string, bot: BotApiDouble): Promise<StartedAccount> {
  const { accountId, apiKey } = await call(url, OPERATOR_KEY, 'POST', '/v1/accounts', { name: 'Shop' });
  const credentials = { botToken: '7000000001:AAF-made_up_token_of_thirty_five_ch', apiBaseUrl: bot.baseUrl };
  const wanted = { transport: 'telegram', name: 'Bot', credentials };
  const { channelId } = await call(url, apiKey, 'POST', '/v1/channels', wanted);
  const bodies = bot.calls.map(({ body }) => body as { readonly url?: string; readonly secret_token?: string });
  const secret = bodies.findLast(({ url }) => url?.includes(channelId))?.secret_token;
  if (secret === undefined) throw new Error('The channel was made without a webhook');
  return { accountId, apiKey, channelId, secret, call: (method, path, body) => call(url, apiKey, method, path, body) };
}

function start(folder: string, port: number, endpoint = ''): ChildProcess {
  const env = {
    ...process.env,
    KONVERT_DATA_DIR: folder,
    KONVERT_OPERATOR_KEY: OPERATOR_KEY,
    KONVERT_PUBLIC_URL: '',
    KONVERT_DEMO: 'off',
    DYNAMODB_ENDPOINT: endpoint,
    HOST: '',
    PORT: String(port),
  };
  return spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' });
}

async function end(konvert: ChildProcess): Promise<void> {
  if (konvert.exitCode !== null || konvert.signalCode !== null) return;
  konvert.kill('SIGTERM');
  await once(konvert, 'exit');
}

async function untilHealthy(url: string): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
  }
  throw new Error(`Konvert did not answer within ${READY_WITHIN_MS} ms`);
}

/** Both files have the pid as the first number of a line that stands alone or follows words without spaces. */
function pidIn(file: string): number {
  const [, pid] = /^(?:take \S+ )?(\d+)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return Number(pid);
}

/** Where the engine says that it listens. */
function endpointIn(logFile: string): string {
  const [, endpoint] = /listening on (http:\S+)/.exec(readFileSync(logFile, 'utf8')) ?? [];
  if (endpoint === undefined) throw new Error('The engine does not say where it listens');
  return endpoint;
}

async function call(url: string, key: string, method: string, path: string, body?: unknown) {
  const answer = await callApi(url, method, path, { key, body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
