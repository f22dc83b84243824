import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { createMessengers } from '#channels/registry';
import { type App, createApp } from '#functions/app';
import { routes } from '#lib/routes';
import { tables } from '#lib/tables';
import { createLocalClient } from '#local/database';
import { startEngine } from '#local/engine';
import { createGateway } from '#local/gateway';
import { withStreams } from '#local/streams';
import { createKeyCipher, newCipherKey } from '#store/cipher';
import { createDocumentClient, type DocumentClient } from '#store/client';
import { createTables } from '#store/create-tables';
import { createStore } from '#store/store';
import type { StreamEvent } from '#store/stream';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { createMeter, type Usage } from './meter.ts';
import { SECRET_HEADER, textUpdate } from './telegram.ts';

type StreamRecord = StreamEvent['Records'][number];

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: benches look into any answer
  readonly body: any;
}

export interface BenchChannel {
  readonly channelId: string;
  readonly secret: string;
}

/** All of Konvert in one process over the real engine; every request to the tables is counted, and nothing happens by itself. */
export interface BenchWorld {
  readonly account: string;
  readonly channelId: string;
  /** The tables without a meter. */
  readonly plain: DocumentClient;
  advance(ms: number): void;
  /** What the work uses once channel settings and keys are known. */
  measure(work: () => Promise<unknown>): Promise<Usage>;
  /** A client's text arrives; the same `id` arrives again. */
  receive(chatId: number, text: string, id?: number, channel?: BenchChannel): Promise<void>;
  reply(chatId: number): Promise<void>;
  /** Any route, as the account's CRM. */
  call(method: string, target: string, body?: unknown): Promise<Answer>;
  addChannel(): Promise<BenchChannel>;
  /** Brings what was written to the fold, as the stream does. */
  fold(): Promise<void>;
  /** Brings what was folded to the reader that publishes, which gets replies only, and answers the bells of lanes. */
  send(): Promise<void>;
  stop(): Promise<void>;
}

const START = Date.UTC(2026, 9, 5, 9, 0, 0);
const OPERATOR_KEY = 'operator-key-of-the-bench';

/** Opens a world with one account and one Telegram channel. */
export async function openBenchWorld(): Promise<BenchWorld> {
  const engine = await startEngine();
  const bot = await startBotApi();
  let now = START;
  let lastId = 0;
  let written: StreamRecord[] = [];
  let folded: StreamRecord[] = [];
  const lanes: string[] = [];

  const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
  const database = createLocalClient(engine.endpoint);
  await createTables(database, tables, names);
  const plain = createDocumentClient(database);
  const meter = createMeter(plain);
  const client = withStreams({
    client: meter.client,
    tables: names,
    definitions: tables,
    // In AWS the stream itself rings, at no units.
    bells: { put: async (kind, body) => ({ kind, id: '', body }), remove: () => {} },
    ring: ({ body }) => void written.push(...body),
  });
  // Time stands still, so that figures do not depend on how fast the machine is.
  const clock = { now: () => now, deadline: (ms: number) => AbortSignal.timeout(ms) };
  const store = createStore({
    client,
    tables: names,
    clock,
    newId: randomUUID,
    cipher: createKeyCipher(newCipherKey()),
  });
  const app = createApp({
    store,
    ...createMessengers(),
    clock,
    newId: randomUUID,
    log: () => {},
    queueFailed: () => Promise.reject(new Error('A fold failed')),
    ringLane: async (lane) => void lanes.push(lane),
    // What a request leaves to be done is no part of what it costs.
    ringTask: async () => {},
    ringTaskLater: () => Promise.reject(new Error('No bench begins a task')),
    ringLater: () => Promise.reject(new Error('A delivery has to wait')),
  });
  const call = createCall(app);

  await store.accounts.setOperatorKey(OPERATOR_KEY);
  const { accountId: account, apiKey } = (await call('POST', '/v1/accounts', OPERATOR_KEY, { name: 'Shop' })).body;
  const credentials = { botToken: '7000000001:AAF-made_up_token_of_thirty_five_ch', apiBaseUrl: bot.baseUrl };
  const wanted = { transport: 'telegram', name: 'Bot', credentials };
  const main = await addChannel();
  const { channelId } = main;

  async function addChannel(): Promise<BenchChannel> {
    const { channelId } = (await call('POST', '/v1/channels', apiKey, wanted)).body;
    const { secret_token: secret } = bot.calls.at(-1)!.body as { secret_token: string };
    return { channelId, secret };
  }

  async function settingsKnown(): Promise<void> {
    await store.accounts.byKey(apiKey);
    await store.channels.getKnown(channelId);
    await store.channels.idsOf(account);
  }

  return {
    account,
    channelId,
    plain,
    advance: (ms) => {
      now += ms;
    },
    async measure(work) {
      await settingsKnown();
      return meter.measure(work);
    },
    async receive(chatId, text, id = ++lastId, { channelId, secret } = main) {
      const update = textUpdate({ chatId, id, text, at: now });
      await call('POST', `/webhooks/telegram/${channelId}`, undefined, update, { [SECRET_HEADER]: secret });
    },
    async reply(chatId) {
      const message = { channelId, chatType: 'telegram', chatId: String(chatId), text: 'Yes, three of them.' };
      await call('POST', '/v3/message', apiKey, message);
    },
    call: (method, target, body) => call(method, target, apiKey, body),
    addChannel,
    async fold() {
      const Records = written;
      written = [];
      folded.push(...Records);
      await app.foldChat({ Records });
    },
    async send() {
      const images = await Promise.all(folded.map((record) => withImage(plain, record)));
      folded = [];
      const replies = images.filter(({ dynamodb }) => kindOf(dynamodb?.NewImage) === 'reply');
      if (replies.length > 0) await app.publishEvents({ Records: replies });
      await app.deliverMessage({ Records: lanes.splice(0).map((body) => ({ body })) });
    },
    async stop() {
      database.destroy();
      await bot.stop();
      await engine.stop();
    },
  };
}

/** Any route; an answer that is no success ends the bench. */
function createCall({ routes: handlers }: App) {
  const gateway = createGateway(routes, handlers);
  return async (
    method: string,
    target: string,
    key?: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const answer = await gateway({
      method,
      target,
      headers: { ...headers, ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
    const text = Buffer.from(answer.body).toString();
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${text}`);
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
}

/** Streams carry images in AWS, and the filter of `publish-events` looks into them. */
async function withImage(plain: DocumentClient, record: StreamRecord): Promise<StreamRecord> {
  const keys = record.dynamodb?.Keys as { c: { S: string }; k: { S: string } };
  const Key = { c: keys.c.S, k: keys.k.S };
  const { Item } = await plain.send(new GetCommand({ TableName: 'messages', Key, ConsistentRead: true }));
  return { ...record, dynamodb: { Keys: keys, NewImage: { kind: { S: String(Item?.kind) } } } };
}

function kindOf(image: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return (image?.kind as { S?: string } | undefined)?.S;
}
