import { randomUUID } from 'node:crypto';
import { createMessengers } from '#channels/registry/messengers';
import { type CrmsOptions, createCrms } from '#crms/registry/crms';
import { type App, createApp, type Platform } from '#functions/app';
import { passes, type Reader, readersOf } from '#lib/listeners';
import { routes } from '#lib/routes';
import { type StreamId, tables } from '#lib/tables';

import { startEngine } from '#local/engine/engine';
import { createLocalClient } from '#local/engine/local-client';
import { createKeyCipher, newCipherKey } from '#local/key-cipher';
import { createGateway } from '#local/server/gateway';
import { withStreams } from '#local/streams/streams';
import { createChannels } from '#store/accounts/channels';
import { createDocumentClient, createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { eventLane } from '#store/outbox/lane-names';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { docsDouble, pageDouble, placesDouble } from '#test/doubles/page';
import { lazyBlobs } from '#test/media/lazy-blobs';
import { createStoreParts } from '#test/store-parts';
import { createMeter, type Usage } from './meter.ts';
import { type News, published, type StreamRecord, withImage } from './news.ts';
import { SECRET_HEADER, textUpdate } from './telegram.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: benches look into any answer
  readonly body: any;
}

export interface BenchChannel {
  readonly channelId: string;
  readonly secret: string;
}

/**
 * All of Konvert in one process over the real engine. Every request to the tables is counted, and nothing happens by
 * itself.
 */
export interface BenchWorld {
  readonly account: string;
  readonly channelId: string;
  /** The tables without a meter. */
  readonly plain: DocumentClient;
  advance(ms: number): void;
  /** The bytes of all lines of the log so far. */
  logBytes(): number;
  /** What the work uses when channel settings and keys are known already. */
  measure(work: () => Promise<unknown>): Promise<Usage>;
  /** Receives a client's text. The same `id` is a redelivery. */
  receive(chatId: number, text: string, id?: number, channel?: BenchChannel): Promise<void>;
  /** Gets any other update of Telegram. */
  tell(update: object): Promise<void>;
  reply(chatId: number): Promise<void>;
  /** Calls any route, as the account's CRM or as one of its users. An answer that is no success ends the bench. */
  call(method: string, target: string, body?: unknown, userId?: string): Promise<Answer>;
  /** Posts a webhook with these headers. */
  post(target: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<void>;
  addChannel(): Promise<BenchChannel>;
  /** Brings what was written to the fold, as the stream does, at most so many records in a batch. */
  fold(atMost?: number): Promise<void>;
  /** Brings addresses without a contact to `assign-contact`, as their stream does, until it has no more to do. */
  assign(): Promise<void>;
  /** Brings the replies that were folded to `publish-events`, and then runs the lanes that rang. */
  send(): Promise<void>;
  /** Registers an address for events of messages. */
  register(uri: string): Promise<void>;
  /** Brings what was said, and what became of it, to `publish-events`. Answers with the records, which may be repeated. */
  publish(): Promise<StreamRecord[]>;
  /** Brings records to `publish-events` once more. */
  repeat(records: readonly StreamRecord[]): Promise<void>;
  /** Runs `store-file` for the files that rang. */
  storeFiles(): Promise<void>;
  /** Runs the event lanes that rang. */
  deliver(): Promise<void>;
  /** Runs the lanes of connected CRMs that rang, and what they left to do, until nothing rings. */
  callCrms(): Promise<void>;
  /** Looks for late clients, as the sweep does each minute. */
  look(): Promise<void>;
  /** Does what is due for the late clients that rang. */
  mindWaits(): Promise<void>;
  /** Runs the account's event lane, as its delayed bell does. */
  retry(): Promise<void>;
  stop(): Promise<void>;
}

/** The users of the account that `giveOut` names. */
export const SELLER = 'anna';
export const HEAD = 'head';
export const OTHER_SELLER = 'boris';

const START = Date.UTC(2026, 9, 5, 9, 0, 0);
const OPERATOR_KEY = 'operator-key-of-the-bench';

/** What a world may be opened with. */
export interface BenchOptions {
  /** What stands in for the hosts of CRMs. */
  readonly crms?: CrmsOptions['baseUrls'];
  /** Puts something before the engine: answers with the address that everything goes through. */
  readonly before?: (engine: string) => Promise<string>;
}

/** Opens a world with one account and one Telegram channel. */
export async function openBenchWorld({ crms, before }: BenchOptions = {}): Promise<BenchWorld> {
  const engine = await startEngine();
  const bot = await startBotApi();
  let now = START;
  let lastId = 0;
  let logged = 0;
  const unseen: Omit<News, 'image'>[] = [];
  let news: News[] = [];
  let folded: News[] = [];
  const lanes: string[] = [];
  const eventLanes: string[] = [];
  const files: string[] = [];
  const waits = new Set<string>();
  const ofCrms: { readonly queue: 'crm' | 'news' | 'tasks'; readonly body: string }[] = [];

  const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
  const database = createLocalClient(before ? await before(engine.endpoint) : engine.endpoint);
  await createTables(database, tables, names);
  const plain = createDocumentClient(database);
  const meter = createMeter(plain);
  const streamed = withStreams({
    client: meter.client,
    tables: names,
    definitions: tables,
    // In AWS the stream itself rings, and that costs no units.
    rows: { put: async (kind, body) => ({ kind, id: '', body }), remove: () => {} },
    ring: ({ kind, body }) => void unseen.push(...body.map((record) => ({ table: kind, record }))),
  });
  const client = {
    async send(command: never, options?: { abortSignal?: AbortSignal }) {
      const answer = await streamed.send(command, options);
      // Reads the images before anything can write the items again.
      news.push(...(await Promise.all(unseen.splice(0).map((one) => withImage(plain, one)))));
      return answer;
    },
  } as DocumentClient;
  // Time stands still and nothing is ever late, so that figures do not depend on the speed of the machine.
  const clock = { now: () => now, deadline: () => new AbortController().signal };
  const platform: Platform = {
    ...createStoreDeps({ client, tables: names, clock, newId: randomUUID }),
    ...createMessengers(),
    ...createCrms({ baseUrls: crms }),
    // A call waits for the pace of its CRM.
    pause: async (ms) => {
      now += ms;
    },
    fetch: globalThis.fetch,
    cipher: createKeyCipher(newCipherKey()),
    publicUrl: 'https://konvert.example',
    page: pageDouble,
    docs: docsDouble,
    placesAt: () => placesDouble,
    blobs: lazyBlobs().store,
    doorbells: undefined,
    log: (entry) => {
      logged += Buffer.byteLength(JSON.stringify(entry)) + 1;
      if (entry.outcome === 'failed') throw new Error(JSON.stringify(entry));
    },
    bells: {
      async ring(queue, body, afterMs) {
        if (queue === 'failedChats') throw new Error('A fold failed');
        if (queue === 'events' || queue === 'slowEvents') {
          // A lane that waits for its receiver rings again later, which is no part of what an event costs.
          if (afterMs === undefined) eventLanes.push(body);
          return;
        }
        if (queue === 'crm' || queue === 'news' || (queue === 'tasks' && crms)) {
          // So does a lane that looks again, minutes later, whether a client was made twice.
          if (afterMs === undefined) ofCrms.push({ queue, body });
          return;
        }
        if (queue === 'waits') {
          waits.add(body);
          return;
        }
        if (afterMs !== undefined) throw new Error(`Something has to wait in the queue "${queue}"`);
        // Work that a request leaves for later is not part of its cost.
        if (queue === 'lanes') lanes.push(body);
        if (queue === 'files') files.push(body);
      },
    },
  };
  const app = createApp(() => platform);
  const store = createStoreParts(platform);
  const call = createCall(app);

  await store.accounts.setOperatorKey(OPERATOR_KEY);
  await store.installation.make();
  // A process reads it once in its life, so it is no part of what an act costs.
  await store.installation.secret();
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

  function take(table: StreamId): News[] {
    const taken = news.filter((one) => one.table === table);
    news = news.filter((one) => one.table !== table);
    return taken;
  }

  async function settingsKnown(): Promise<void> {
    await store.accounts.byKey(apiKey);
    await store.channels.getKnown(channelId);
    await createChannels(platform).getKnown(channelId);
    await store.channels.idsOf(account);
    await store.receivers.of(account);
    await store.receivers.open(account);
  }

  return {
    account,
    channelId,
    plain,
    advance: (ms) => {
      now += ms;
    },
    logBytes: () => logged,
    async measure(work) {
      await settingsKnown();
      return meter.measure(work);
    },
    async receive(chatId, text, id = ++lastId, { channelId, secret } = main) {
      const update = textUpdate({ chatId, id, text, at: now });
      await call('POST', `/webhooks/telegram/${channelId}`, undefined, update, { [SECRET_HEADER]: secret });
    },
    async tell(update) {
      await call('POST', `/webhooks/telegram/${channelId}`, undefined, update, { [SECRET_HEADER]: main.secret });
    },
    async reply(chatId) {
      const message = { channelId, chatType: 'telegram', chatId: String(chatId), text: 'Yes, three of them.' };
      await call('POST', '/v3/message', apiKey, message);
    },
    call: (method, target, body, userId) =>
      call(method, target, apiKey, body, userId === undefined ? {} : { 'konvert-user': userId }),
    async post(target, body, headers) {
      await call('POST', target, undefined, body, headers);
    },
    addChannel,
    async fold(atMost = Number.POSITIVE_INFINITY) {
      const facts = take('messages');
      folded.push(...facts);
      for (let from = 0; from < facts.length || from === 0; from += atMost) {
        const batch = facts.slice(from, from + atMost);
        await app.listeners['fold-chat']({ Records: batch.map(({ record }) => record) });
      }
    },
    async assign() {
      for (let given = take('addresses'); given.length > 0; given = take('addresses')) {
        const open = given.filter(({ image }) => image.contact === undefined);
        if (open.length > 0) await app.listeners['assign-contact']({ Records: open.map(({ record }) => record) });
      }
    },
    async send() {
      const replies = folded.filter(({ image }) => image.kind === 'reply');
      folded = [];
      if (replies.length > 0) await app.listeners['publish-events']({ Records: replies.map(published) });
      await app.listeners['deliver-message']({ Records: lanes.splice(0).map((body) => ({ body })) });
    },
    async register(webhooksUri) {
      await call('PATCH', '/v3/webhooks', apiKey, { webhooksUri, subscriptions: { messagesAndStatuses: true } });
    },
    async publish() {
      const [{ filters }] = readersOf('messages').filter(({ function: name }) => name === 'publish-events') as [Reader];
      const said = [...folded.splice(0), ...take('messages')].filter(({ image }) => passes(filters, image));
      const Records = said.map(published);
      if (Records.length > 0) await app.listeners['publish-events']({ Records });
      return Records;
    },
    async repeat(records) {
      await app.listeners['publish-events']({ Records: records });
    },
    async storeFiles() {
      await app.listeners['store-file']({ Records: files.splice(0).map((body) => ({ body })) });
    },
    async deliver() {
      for (const body of eventLanes.splice(0)) await app.listeners['deliver-event']({ Records: [{ body }] });
    },
    async callCrms() {
      const of = { crm: 'call-crm', news: 'read-crm-news', tasks: 'do-tasks' } as const;
      for (let rung = ofCrms.shift(); rung; rung = ofCrms.shift()) {
        await app.listeners[of[rung.queue]]({ Records: [{ body: rung.body }] });
      }
    },
    async look() {
      await app.listeners['sweep-lanes']();
    },
    async mindWaits() {
      const rung = [...waits];
      waits.clear();
      await app.listeners['mind-waits']({ Records: rung.map((body) => ({ body })) });
    },
    async retry() {
      await app.listeners['deliver-event']({ Records: [{ body: eventLane(account) }] });
    },
    async stop() {
      database.destroy();
      await bot.stop();
      await engine.stop();
    },
  };
}

/** Puts the channel in round-robin, with two sellers and a head. `receiving` names those who receive new clients. */
export async function giveOut({ call, channelId }: BenchWorld, receiving: readonly string[]): Promise<void> {
  const users = [SELLER, OTHER_SELLER, HEAD];
  await call(
    'POST',
    '/v3/users',
    users.map((id) => ({ id, name: id })),
  );
  const pipelines = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
  await call('POST', '/v3/pipelines', pipelines);
  const userRoles = users.map((userId) => ({
    userId,
    role: userId === HEAD ? 'manager' : 'seller',
    allowGetNewClients: receiving.includes(userId),
  }));
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
  await call('PUT', `/v1/settings/channels/${channelId}`, { newClients, userRoles });
}

/** Calls any route. An answer that is no success ends the bench. */
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
      body: Buffer.from(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)),
    });
    const text = Buffer.from(answer.body).toString();
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${text}`);
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
}
