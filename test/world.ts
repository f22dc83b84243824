import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { chat, chatList } from '#api/chat-routes';
import type { delivery } from '#api/delivery-routes';
import type { messageList } from '#api/history-routes';
import type { Messenger } from '#channels/channel';
import { createMessengers, type Messengers } from '#channels/registry/messengers';
import type { Clock } from '#clock';
import type { Crm } from '#crms/crm';
import { type CrmsOptions, createCrms } from '#crms/registry/crms';
import { withinLimits } from '#crms/registry/within-limits';
import { type App, createApp, type Platform } from '#functions/app';
import type { SocketEvent } from '#http/socket';
import type { FunctionName } from '#lib/functions';
import { type QueueName, queues, readersOf } from '#lib/listeners';
import { routes } from '#lib/routes';
import { tables } from '#lib/tables';
import { createKeyCipher, newCipherKey } from '#local/key-cipher';
import type { BlobStore } from '#media/blob-store';
import { createStoreDeps, type StoreDeps } from '#store/dynamo/client';
import { type BotApiDouble, type BotApiOptions, startBotApi } from '#test/channels/telegram/bot-api-double';
import { judgeAnswer } from '#test/described';
import { createDoorbellsDouble, type DoorbellsDouble } from '#test/doubles/doorbells';
import { docsDouble, pageDouble, placesDouble } from '#test/doubles/page';
import { lazyBlobs } from '#test/media/lazy-blobs';
import { onlyGranted } from '#test/only-granted';
import { queueListeners } from '#test/queues';
import { type Bell, bellsOfWrite, eventOf as eventOfBells, type Message } from '#test/scheduler/bells';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';
import { createStoreParts, type StoreParts } from '#test/store-parts';

export type ChatAnswer = z.infer<typeof chat>;
export type ChatListAnswer = z.infer<typeof chatList>;
export type MessageListAnswer = z.infer<typeof messageList>;
export type DeliveryAnswer = z.infer<typeof delivery>;

/** The time at which every world begins (epoch ms). */
export const START = Date.UTC(2026, 9, 5, 9, 0, 0);
export const OPERATOR_KEY = 'operator-key-that-nobody-may-read';
export const BOT_TOKEN = '7000000001:AAF-made_up_token_of_thirty_five_ch';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** A clock that stands still until a test lets time pass. Deadlines then end when their time has come. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** From then on every reading of the clock is a millisecond later. */
  tick(): void;
}

export interface Account {
  readonly accountId: string;
  readonly apiKey: string;
}

export interface ConnectedChannel {
  readonly channelId: string;
  readonly secret: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly bytes: Buffer;
  /** The text parsed as JSON, or undefined if it is none. */
  readonly body: unknown;
}

export interface CallOptions {
  /** The API key. */
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. A string or bytes are sent as they are. */
  readonly body?: unknown;
  readonly base64?: boolean;
  /** The process that serves the call, if it is not the first one. */
  readonly app?: App | undefined;
}

/** A command of the store. */
export interface Asked {
  /** `PutCommand` and the like. */
  readonly kind: string;
  readonly input: Command['input'];
}

/** Options of a client's message. `at` is in epoch milliseconds, which Telegram cuts to seconds. */
export interface Said {
  readonly id?: number;
  readonly at?: number;
  readonly channel?: ConnectedChannel;
}

/** Who opens a page. */
export interface PageOptions {
  readonly key?: string;
  /** The user, if it is not the CRM. */
  readonly as?: string;
  /** An address that was given out before. */
  readonly url?: string;
}

/** A page with its socket. */
export interface OpenedPage {
  readonly id: string;
  readonly url: string;
  /** Whether the handshake went through. */
  readonly isOpen: boolean;
  /** What the page was told since it was last asked. */
  said: () => ReturnType<DoorbellsDouble['said']>;
  /** Says something to the server. The answer is what comes back by the socket meanwhile. */
  tell(message: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** All of Konvert in one process, with an account and a Telegram channel. Between calls only `drain` does anything. */
export interface World {
  readonly clock: FakeClock;
  readonly db: MemoryDynamo;
  readonly store: StoreParts;
  /** What other parts of the store are made from. */
  readonly deps: StoreDeps & Pick<Platform, 'cipher'>;
  /** Where files lie. A test may put other functions in the place of these. */
  readonly blobs: BlobStore;
  readonly app: App;
  readonly bot: BotApiDouble;
  readonly doorbells: DoorbellsDouble;
  /** Every line that was logged. */
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** The function that logged the line. */
  loggedBy(line: object): FunctionName | undefined;
  readonly account: Account;
  readonly channel: ConnectedChannel;
  /** The messages of each queue that its function was not given yet. */
  readonly sent: Readonly<Record<QueueName, string[]>>;
  /** Messages that were sent with a delay. */
  readonly later: Required<Message>[];
  /** Decides which commands fail. It may be slow. Undefined lets all succeed. */
  failing: ((asked: Asked) => boolean | Promise<boolean>) | undefined;

  /** Calls a route by its method and its path with query. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /**
   * Delivers the records of streams to their readers and the messages of queues to their functions, until none is left.
   * A queue with a delay keeps its messages.
   */
  drain(options?: { readonly deliver?: boolean }): Promise<void>;
  /** Opens a socket as a page does, by a key, as a user, or by an address that was given out before. */
  openPage(options?: PageOptions): Promise<OpenedPage>;
  /** Loses the records of streams that are not delivered yet. */
  dropBells(): void;
  /** Lets time pass and follows the bells that are due. */
  pass(ms: number): Promise<void>;

  readonly messengerFor: Messengers['messengerFor'];
  readonly crmFor: Platform['crmFor'];
  /** Another process on the same tables, which has read nothing yet. */
  newProcess(): App;
  addAccount(): Promise<Account>;
  addChannel(account?: Account): Promise<ConnectedChannel>;
  webhook(update: unknown, options?: { channel?: ConnectedChannel; secret?: string } & CallOptions): Promise<Answer>;
  /** Lets the client write a text, which is then stored and folded. */
  say(chatId: number, text: string, said?: Said): Promise<void>;

  pathOf(chatId: number | string, channel?: ConnectedChannel): string;
  chat(chatId: number | string): Promise<ChatAnswer>;
  chats(query?: string): Promise<ChatListAnswer>;
  history(chatId: number | string, query?: string): Promise<MessageListAnswer>;
  /** Calls `POST /v3/message`, without `drain`. */
  reply(chatId: number | string, fields?: Record<string, unknown>): Promise<Answer>;
  noReplyNeeded(chatId: number | string, body: unknown): Promise<Answer>;
  deliveries(query?: string): Promise<DeliveryAnswer[]>;
  stop(): Promise<void>;
}

/** An update with a text of the client. */
export function textUpdate(chatId: number, text: string, id: number, at: number): Record<string, unknown> {
  return { update_id: id, message: messageOf(chatId, text, id, at) };
}

/** A message of the Bot API in the client's private chat. */
export function messageOf(chatId: number, text: string, id: number, at: number): Record<string, unknown> {
  const chatOf = { id: chatId, type: 'private', first_name: `Client ${chatId}` };
  const from = { id: chatId, is_bot: false, first_name: `Client ${chatId}` };
  return { message_id: id, date: Math.floor(at / 1000), from, chat: chatOf, text };
}

/** Options of a world. */
export interface WorldOptions {
  /** What the Bot API double is told. */
  readonly bot?: BotApiOptions;
  /** The function that calls messengers and receivers. */
  readonly fetch?: typeof globalThis.fetch;
  /** The CRM of every connection. */
  readonly crm?: Crm;
  /** The addresses that stand in for the hosts of CRMs. */
  readonly crms?: CrmsOptions['baseUrls'];
  /** A messenger beside those that Konvert speaks. */
  readonly messenger?: Messenger;
  /** Time passes while a function waits. */
  readonly pausesPass?: true;
  /** `false`: the secret of the installation is not made yet. */
  readonly installed?: false;
  /** Makes a Telegram that does more than the real one. */
  readonly telegram?: (telegram: Messenger) => Messenger;
}

/** Makes a world that shares nothing with any other. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createFakeClock();
  const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
  const db = new MemoryDynamo(tables, names);
  const bot = await startBotApi(undefined, { ...options.bot, nowMs: () => clock.now() });
  const blobs = lazyBlobs();
  const doorbells = createDoorbellsDouble();
  const logs: Record<string, unknown>[] = [];
  const writers = new WeakMap<object, FunctionName>();
  const later: Required<Message>[] = [];
  const written: Bell[] = [];
  const told: Bell[] = [];
  let lastId = 0;

  const newId = () => `id-${String(++lastId).padStart(8, '0')}`;
  const client = {
    async send(command: Command) {
      if (await world.failing?.({ kind: command.constructor.name, input: command.input }))
        throw new Error('The table did not answer');
      return db.apply(command);
    },
  } as never;
  const sent = Object.fromEntries(Object.keys(queues).map((queue) => [queue, [] as string[]])) as World['sent'];
  const platform: Platform = {
    ...createStoreDeps({ client, tables: names, clock, newId }),
    ...messengersOf(options),
    ...createCrms({ fetch: options.fetch ?? globalThis.fetch, baseUrls: options.crms }),
    ...(options.crm && { crmFor: () => options.crm && withinLimits(options.crm) }),
    fetch: options.fetch ?? globalThis.fetch,
    cipher: createKeyCipher(newCipherKey()),
    publicUrl: 'https://konvert.example',
    page: pageDouble,
    docs: docsDouble,
    placesAt: () => placesDouble,
    doorbells,
    blobs: blobs.store,
    log: (entry) => logs.push(entry),
    // A wait lets everything else go on, or time pass.
    pause: async (ms) => (options.pausesPass ? clock.advance(ms) : world.drain()),
    bells: {
      async ring(queue, body, afterMs) {
        if (afterMs === undefined) sent[queue].push(body);
        else later.push({ queue, body, at: clock.now() + afterMs });
      },
    },
  };
  const platformOf = (name: FunctionName): Platform => {
    const log = (entry: Record<string, unknown>) => {
      writers.set(entry, name);
      logs.push(entry);
    };
    return onlyGranted(name, { ...platform, log });
  };
  const app = createApp(platformOf);
  const store = createStoreParts(platform);
  db.onWrite = (record) => {
    if (!record.newImage) return;
    written.push(...bellsOfWrite(record));
    told.push(...bellsOfWrite(record, { lossy: true }));
  };

  async function call(
    method: string,
    path: string,
    { key, headers, body, base64, app: serving = app }: CallOptions = {},
  ) {
    const event = eventOf(method, path, bytesOf(body), {
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...headers,
    });
    const encoded = base64 ? { body: bytesOf(body).toString('base64'), isBase64Encoded: true } : {};
    const {
      statusCode = 0,
      headers: answered = {},
      body: sent = '',
      isBase64Encoded = false,
    } = await serving.routes[event.serves]!({
      ...event,
      ...encoded,
    });
    const bytes = Buffer.from(sent, isBase64Encoded ? 'base64' : 'utf8');
    const text = bytes.toString();
    const answer = { status: statusCode, headers: answered, text, bytes, body: jsonOf(text) };
    judgeAnswer({ method, path, ...answer });
    return answer;
  }

  /** Returns the body of a call that has to succeed. */
  async function ask<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const { status, text, body } = await call(method, path, { key: world.account.apiKey, ...options });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return body as T;
  }

  async function connect(url: string): Promise<OpenedPage> {
    const id = newId();
    const queryStringParameters = Object.fromEntries(new URL(url).searchParams);
    const event = (eventType: SocketEvent['requestContext']['eventType']): SocketEvent => ({
      requestContext: { eventType, connectionId: id },
      isBase64Encoded: false,
    });
    const { statusCode } = await app.socket({ ...event('CONNECT'), queryStringParameters });
    const isOpen = statusCode === 200;
    if (isOpen) doorbells.open.add(id);
    return {
      id,
      url,
      isOpen,
      said: () => doorbells.said(id),
      async tell(message) {
        const body = typeof message === 'string' ? message : JSON.stringify(message);
        return doorbells.answerOf(id, () => app.socket({ ...event('MESSAGE'), body }));
      },
      async close() {
        doorbells.open.delete(id);
        await app.socket(event('DISCONNECT'));
      },
    };
  }

  async function drain({ deliver = true } = {}): Promise<void> {
    const drained = queueListeners.filter(
      ({ queue }) =>
        queues[queue].delaySeconds === 0 &&
        (deliver || !['lanes', 'slowLanes', 'events', 'slowEvents', 'crm', 'news'].includes(queue)),
    );
    while (written.length > 0 || drained.some(({ queue }) => sent[queue].length > 0)) {
      const read = Map.groupBy(written.splice(0), (bell) => bell.function);
      for (const { function: name } of [...readersOf('messages'), ...readersOf('addresses')]) {
        await app.listeners[name](eventOfBells(read.get(name) ?? []));
      }
      for (const { function: name, queue } of drained) {
        await app.listeners[name]({ Records: sent[queue].splice(0).map((body) => ({ body })) });
      }
    }
    for (const [name, bells] of Map.groupBy(told.splice(0), (bell) => bell.function)) {
      await app.listeners[name](eventOfBells(bells));
    }
    if (drained.some(({ queue }) => sent[queue].length > 0)) await drain({ deliver });
  }

  async function addChannel({ apiKey }: Account = world.account): Promise<ConnectedChannel> {
    const body = { transport: 'telegram', name: 'Bot', credentials: { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl } };
    const { channelId } = await ask<{ channelId: string }>('POST', '/v1/channels', { key: apiKey, body });
    const { body: registered } = bot.calls.findLast(({ method }) => method === 'setWebhook')!;
    return { channelId, secret: (registered as { secret_token: string }).secret_token };
  }

  const world: World = {
    clock,
    db,
    store,
    deps: platform,
    blobs: blobs.store,
    app,
    bot,
    doorbells,
    logs,
    loggedBy: (line) => writers.get(line),
    sent,
    later,
    messengerFor: platform.messengerFor,
    crmFor: platform.crmFor,
    account: { accountId: '', apiKey: '' },
    channel: { channelId: '', secret: '' },
    failing: undefined,
    call,
    drain,
    addChannel,

    async openPage({ key = world.account.apiKey, as, url: given }: PageOptions = {}) {
      const headers = as === undefined ? {} : { 'Konvert-User': as };
      const url = given ?? (await ask<{ url: string }>('POST', '/v1/doorbells', { key, headers })).url;
      return connect(url);
    },

    dropBells() {
      written.splice(0);
      told.splice(0);
    },

    async pass(ms) {
      clock.advance(ms);
      const due = later.filter(({ at }) => at <= clock.now());
      later.splice(0, later.length, ...later.filter(({ at }) => at > clock.now()));
      for (const { queue, body } of due) sent[queue].push(body);
      await drain();
    },

    newProcess() {
      const fresh = { ...platform, ...createStoreDeps({ client, tables: names, clock, newId }) };
      return createApp((name) => onlyGranted(name, fresh));
    },

    addAccount: () => ask('POST', '/v1/accounts', { key: OPERATOR_KEY, body: { name: 'Shop' } }),

    webhook(update, { channel = world.channel, secret = channel.secret, ...options } = {}) {
      const headers = { [SECRET_HEADER]: secret };
      return call('POST', `/webhooks/telegram/${channel.channelId}`, { headers, body: update, ...options });
    },

    async say(chatId, text, { id = ++lastId, at = clock.now(), channel = world.channel } = {}) {
      const { status } = await world.webhook(textUpdate(chatId, text, id, at), { channel });
      if (status !== 200) throw new Error(`The webhook answered ${status}`);
      await drain();
    },

    pathOf: (chatId, { channelId } = world.channel) => `/v1/chats/${channelId}/telegram/${chatId}`,
    chat: (chatId) => ask('GET', world.pathOf(chatId)),
    chats: (query = '') => ask('GET', `/v1/chats?${query}`),
    history: (chatId, query = '') => ask('GET', `${world.pathOf(chatId)}/messages?${query}`),

    reply(chatId, fields = {}) {
      const { channelId } = world.channel;
      const body = { channelId, chatType: 'telegram', chatId: String(chatId), text: 'an answer', ...fields };
      return call('POST', '/v3/message', { key: world.account.apiKey, body });
    },

    noReplyNeeded(chatId, body) {
      return call('PUT', `${world.pathOf(chatId)}/no-reply-needed`, { key: world.account.apiKey, body });
    },

    async deliveries(query = '') {
      const { deliveries } = await ask<{ deliveries: DeliveryAnswer[] }>('GET', `/v1/deliveries?${query}`);
      return deliveries;
    },

    async stop() {
      await bot.stop();
      await blobs.remove();
    },
  };

  await store.accounts.setOperatorKey(OPERATOR_KEY);
  if (options.installed !== false) await store.installation.make();
  const account = await world.addAccount();
  return Object.assign(world, { account, channel: await addChannel(account) });
}

function messengersOf({ messenger, telegram: change, ...options }: WorldOptions): Messengers {
  const { messengerFor, ...known } = createMessengers(options);
  const changed = change && messengerFor('telegram').then((telegram) => telegram && change(telegram));
  return {
    ...known,
    async messengerFor(name) {
      if (messenger?.transport === name) return messenger;
      return name === 'telegram' && changed ? changed : messengerFor(name);
    },
  };
}

function createFakeClock(): FakeClock {
  let now = START;
  let step = 0;
  let deadlines: { at: number; end: AbortController }[] = [];
  const advance = (ms: number) => {
    now += ms;
    for (const { at, end } of deadlines) if (at <= now) end.abort(new DOMException('Too late', 'TimeoutError'));
    deadlines = deadlines.filter(({ at }) => at > now);
  };
  return {
    now: () => {
      advance(step);
      return now;
    },
    deadline(ms) {
      const end = new AbortController();
      deadlines.push({ at: now + ms, end });
      return end.signal;
    },
    advance,
    tick: () => {
      step = 1;
    },
  };
}

/** The event of API Gateway for that request, and the function that serves it. */
function eventOf(method: string, address: string, body: Buffer, headers: Record<string, string>) {
  const [path = '', query = ''] = address.split('?');
  for (const route of routes) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const found = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '([^/]+)')}(?<=.)/?$`).exec(path);
    if (route.method !== method || !found) continue;
    const params = names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]);
    const event = {
      routeKey: `${method} ${route.path}`,
      rawPath: path,
      requestContext: { http: { method }, domainName: 'konvert.example' },
      headers,
      pathParameters: Object.fromEntries(params),
      rawQueryString: query,
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      body: body.toString(),
      isBase64Encoded: false,
    };
    return { ...(event as unknown as APIGatewayProxyEventV2), serves: route.function };
  }
  throw new Error(`lib/routes.ts has no ${method} ${path}`);
}

function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
