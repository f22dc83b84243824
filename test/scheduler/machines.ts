import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Bells } from '#bells';
import type { Messenger, Setup } from '#channels/channel';
import type { Inbound, Received } from '#channels/inbound';
import type { Outbound } from '#channels/outbound';
import type { Crm } from '#crms/crm';
import type { SlotLimits } from '#domain/slots';
import { type App, createApp } from '#functions/app';
import { type RoutedName, routes } from '#lib/routes';
import { tables } from '#lib/tables';
import type { Cipher } from '#store/accounts/cipher';
import { INSTALLATION } from '#store/accounts/keys';
import { createStoreDeps } from '#store/dynamo/client';
import { docsDouble, pageDouble, placesDouble } from '#test/doubles/page';
import { lazyBlobs } from '#test/media/lazy-blobs';
import { onlyGranted } from '#test/only-granted';
import { type Bell, eventOf, type Message } from './bells.ts';
import type { MemoryDynamo } from './memory-dynamo.ts';
import type { Scheduler, Task } from './scheduler.ts';

/** The names of the tables, which are their ids. */
export const NAMES = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
export const ACCOUNT = 'account';
const KEY = 'the-key';
/** The secret of the installation, the same in every history. */
export const SECRET = Buffer.alloc(32, 'secret');
export const plainCipher: Cipher = { seal: async (text) => text, open: async (text) => text };

/** The dependencies of the machines of a history. */
export interface MachinesDeps {
  readonly scheduler: Scheduler;
  /** How far a clock may be ahead or behind (ms). */
  readonly skewMs: number;
  readonly messenger: Messenger;
  /** The connected CRM. Without one there is none. */
  readonly crm?: Crm | undefined;
  readonly ring: (message: Message) => void;
  /** Whether a run that waits for the pace of a CRM waits for all of it. */
  readonly keepsPace?: boolean | undefined;
  /** The most writes of one transaction, if fewer than DynamoDB's limit make a history more interesting. */
  readonly mostWrites?: number;
  /** How many calls may be under way at once, if fewer than usual. */
  readonly slotLimits?: SlotLimits | undefined;
  /** Calls the receiver of events. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly log?: (entry: Readonly<Record<string, unknown>>) => void;
}

/** The contents of a request. */
export interface Asked {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
  /** The user that the request acts as. Without one it is the CRM itself. */
  readonly userId?: string | undefined;
  /** The token of the page that sends it, in the place of the account's key. */
  readonly token?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of any route
  readonly done?: (status: number, body: any) => void;
}

/** Konvert on three machines with different clocks. Chance picks the machine for each run. */
export class Machines {
  readonly #scheduler: Scheduler;
  readonly #machines: readonly App[];
  #ids = 0;
  #running = 0;

  constructor(deps: MachinesDeps) {
    this.#scheduler = deps.scheduler;
    this.#machines = Array.from({ length: 3 }, () => this.#machine(deps));
  }

  /** How many handlers are under way. */
  get running(): number {
    return this.#running;
  }

  /** Runs something on one of the machines. */
  run(
    name: string,
    run: (app: App) => Promise<unknown>,
    done: (end: 'ok' | 'failed' | 'crashed', value?: unknown) => void = () => undefined,
  ): Task {
    const app = this.#scheduler.random.pick(this.#machines);
    this.#running += 1;
    return this.#scheduler.start(
      name,
      () => run(app),
      (end, value) => {
        this.#running -= 1;
        done(end, value);
      },
    );
  }

  /** Runs the function of the bells, with all of them in one event. */
  hear(bells: readonly [Bell, ...Bell[]], done: (end: 'ok' | 'failed' | 'crashed', value?: unknown) => void): void {
    const [{ function: name }] = bells;
    this.run(name, (app) => app.listeners[name](eventOf(bells)), done);
  }

  /** Sends a request to a function. `done` gets status 0 if the function was cut off or threw. */
  request(
    name: RoutedName,
    method: string,
    path: string,
    { params = {}, query = {}, body, userId, token = KEY, done = () => undefined }: Asked,
  ): Task {
    if (!routes.some((route) => route.method === method && route.path === path && route.function === name))
      throw new Error(`${name} has no route ${method} ${path}`);
    const event = {
      routeKey: `${method} ${path}`,
      rawPath: path,
      requestContext: { http: { method, path }, domainName: 'konvert' },
      headers: { authorization: `Bearer ${token}`, ...(userId !== undefined && { 'konvert-user': userId }) },
      pathParameters: params,
      queryStringParameters: query,
      body: JSON.stringify(body ?? {}),
    } as unknown as APIGatewayProxyEventV2;
    return this.run(
      name,
      (app) => app.routes[name](event),
      (end, value) => {
        const answer = value as { statusCode: number; body: string } | undefined;
        if (end !== 'ok' || !answer) done(0, undefined);
        else done(answer.statusCode, answer.body === 'ok' ? undefined : JSON.parse(answer.body));
      },
    );
  }

  #machine(deps: MachinesDeps): App {
    const { scheduler, skewMs, mostWrites, slotLimits, messenger, crm, ring, keepsPace } = deps;
    const { fetch = uncalled, log = () => undefined } = deps;
    const clock = scheduler.clock(scheduler.random.between(-skewMs, skewMs));
    const newId = () => {
      this.#ids += 1;
      const id = `our${this.#ids}`;
      scheduler.task?.ids.push(id);
      return id;
    };
    const bells: Bells = {
      async ring(queue, body, afterMs) {
        const send = () => ring({ queue, body, ...(afterMs !== undefined && { at: scheduler.now + afterMs }) });
        await scheduler.call(clock.deadline(3_000), send, unreachable);
      },
    };
    const client = scheduler.client();
    const platform = {
      ...createStoreDeps({ client, tables: NAMES, clock, newId }),
      ...(mostWrites !== undefined && { mostWrites }),
      ...(slotLimits && { slotLimits }),
      messengerFor: async () => messenger,
      crmFor: () => crm,
      fetch,
      bells,
      cipher: plainCipher,
      publicUrl: undefined,
      page: pageDouble,
      docs: docsDouble,
      placesAt: () => placesDouble,
      blobs: lazyBlobs().store,
      doorbells: undefined,
      pause: (ms: number) =>
        keepsPace ? scheduler.pause(ms) : scheduler.call<void>(clock.deadline(ms), nothing, nothing),
      log,
    };
    return createApp((name) => onlyGranted(name, platform));
  }
}

/** A messenger that accepts every webhook. `plays` adds what else it does. */
export function playedMessenger(
  plays: Pick<Outbound, 'send'> & Partial<Outbound>,
  { inbound, setup }: { readonly inbound?: Partial<Inbound>; readonly setup?: Partial<Setup> } = {},
): Messenger {
  const unused = () => {
    throw new Error('Not part of a history');
  };
  return {
    transport: 'telegram',
    chatTypes: ['telegram'],
    setup: {
      readCredentials: unused,
      connect: unused,
      register: unused,
      unregister: unused,
      typedIn: unused,
      ...setup,
    },
    inbound: {
      maxBodyBytes: 1_000_000,
      latestDeliveryMs: 24 * 3_600_000,
      verify: () => true,
      parse: (body) => body as Received[],
      ...inbound,
    },
    outbound: { refuses: () => undefined, ...plays },
  };
}

/** Puts an account with its key and channels into an empty store. The token of a channel is its id and `:1`. */
export function prepareAccount(db: MemoryDynamo, channels: readonly string[]): void {
  const put = (Item: Record<string, unknown>) => db.apply(new PutCommand({ TableName: 'accounts', Item }));
  for (const channelId of channels) {
    const sealed = JSON.stringify({ credentials: { token: `${channelId}:1` }, webhookSecret: 'secret' });
    const channel = {
      channelId,
      account: ACCOUNT,
      transport: 'telegram',
      name: 'Bot',
      plainId: 'bot',
      state: 'active',
      identity: channelId,
      credentialsVersion: 1,
    };
    put({ p: `channel#${channelId}`, s: '-', ...channel, sealed });
    put({ p: `account#${ACCOUNT}`, s: `channel#${channelId}` });
  }
  put({ p: INSTALLATION, s: '-', sealed: SECRET.toString('base64') });
  const hash = createHash('sha256').update(KEY).digest('hex');
  put({ p: `key#${hash}`, s: '-', account: ACCOUNT, keyId: 'key' });
}

function nothing(): void {}

function unreachable(): never {
  throw Object.assign(new Error('The queue could not be reached'), { name: 'UnreachableError' });
}

function uncalled(): never {
  throw new Error('This history has no receiver');
}
