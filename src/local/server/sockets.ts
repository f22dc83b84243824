import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Doorbells } from '#bells';
import type { SocketEvent, SocketHandler } from '#http/socket';
import { describeError, type Log } from '#log';
import { splitTarget } from './gateway.ts';
import type { Upgrades } from './server.ts';

/** What the sockets of pages are served with. */
export interface SocketServerDeps {
  /** Answers the events of sockets, as behind a WebSocket API in AWS. */
  readonly handle: SocketHandler;
  /** The public address of this process, if it has one. Pages may come from there, too. */
  readonly publicUrl: string | undefined;
  readonly log: Log;
  /** How often each side has to show that it is there, if it is not every 30 s. */
  readonly beatMs?: number;
}

/** Sockets on the port of the HTTP server: what a WebSocket API does in AWS. */
export interface SocketServer extends Doorbells, Upgrades {
  /** How many are open. */
  readonly open: number;
  /** Ends all of them, and accepts no more. Resolves when that is noted, or after a second. */
  stop(): Promise<void>;
}

const PATH = '/doorbell';
const MOST_BYTES = 1_024;
/** A page that says more than this in that time is cut off. */
const MOST_MESSAGES = 30;
const MESSAGES_MS = 10_000;
const BEAT_MS = 30_000;
/** A gateway ends a socket after two hours. */
const OLDEST_MS = 2 * 3_600_000;
/** A reader that leaves so much unread is no reader. */
const MOST_UNREAD_BYTES = 64 * 1_024;
/** A page that has not closed its side by then is cut off. */
const CLOSES_WITHIN_MS = 500;
/** What a close tells: https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const GOING_AWAY = 1001;
const AGAINST_POLICY = 1008;

interface Open {
  readonly socket: WebSocket;
  readonly since: number;
  heard: boolean;
  messages: number;
}

/** Serves the sockets of pages in one process. */
export function createSocketServer({ handle, publicUrl, log, beatMs = BEAT_MS }: SocketServerDeps): SocketServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  const open = new Map<string, Open>();
  const ending = new Set<Promise<unknown>>();
  let stopped = false;

  const beats = setInterval(() => {
    for (const one of open.values()) beat(one);
  }, beatMs).unref();
  const allowances = setInterval(() => {
    for (const one of open.values()) one.messages = 0;
  }, MESSAGES_MS).unref();

  /** Ends a socket that nobody has answered since the last beat, and one that is too old. */
  function beat(one: Open): void {
    if (!one.heard) one.socket.terminate();
    else if (one.since + OLDEST_MS < performance.now()) one.socket.close(GOING_AWAY);
    else {
      one.heard = false;
      one.socket.ping();
    }
  }

  function accept(id: string, socket: WebSocket): void {
    const one: Open = { socket, since: performance.now(), heard: true, messages: 0 };
    open.set(id, one);
    socket.on('pong', () => {
      one.heard = true;
    });
    socket.on('message', (data) => {
      one.heard = true;
      one.messages += 1;
      if (one.messages > MOST_MESSAGES) socket.close(AGAINST_POLICY);
      else void answer({ ...eventOf('MESSAGE', id), body: String(data) });
    });
    // A frame that is too large or none at all raises `error`, and `ws` ends the socket.
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(id);
      const noted = answer(eventOf('DISCONNECT', id));
      ending.add(noted);
      void noted.finally(() => ending.delete(noted));
    });
  }

  async function answer(event: SocketEvent) {
    try {
      return await handle(event);
    } catch (error) {
      log({ socket: event.requestContext.eventType, outcome: 'failed', ...describeError(error) });
      return { statusCode: 500 };
    }
  }

  /** Who does not read is cut off, and not waited for. */
  function send(socket: WebSocket, message: string): void {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.terminate();
    else socket.send(message, () => {});
  }

  async function connect(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const id = randomUUID();
    const { query } = splitTarget(request.url ?? '/');
    const queryStringParameters = Object.fromEntries(new URLSearchParams(query));
    const { statusCode = 500 } = await answer({ ...eventOf('CONNECT', id), queryStringParameters });
    if (statusCode >= 300) return refuse(connection, statusCode);
    if (stopped || connection.destroyed) {
      await answer(eventOf('DISCONNECT', id));
      connection.destroy();
    } else server.handleUpgrade(request, connection, head, (socket) => accept(id, socket));
  }

  return {
    get open() {
      return open.size;
    },

    wants: ({ url = '/', headers }) => splitTarget(url).path === PATH && headers.upgrade?.toLowerCase() === 'websocket',

    upgrade(request, connection, head) {
      // Without a listener an error of the connection would end this process.
      connection.on('error', () => connection.destroy());
      if (stopped || !this.wants(request)) return refuse(connection, 404);
      if (!isOwnPage(request.headers, publicUrl)) return refuse(connection, 403);
      void connect(request, connection, head);
    },

    addressFor: (ticket, headers) => `${socketBase(headers, publicUrl)}${PATH}?ticket=${ticket}`,

    async post(id, message) {
      const one = open.get(id);
      if (!one) return 'gone';
      send(one.socket, message);
      return 'sent';
    },

    async stop() {
      stopped = true;
      clearInterval(beats);
      clearInterval(allowances);
      const closed = [...open.values()].map(({ socket }) => once(socket, 'close'));
      for (const { socket } of open.values()) socket.close(GOING_AWAY);
      await Promise.race([Promise.all(closed), sleep(CLOSES_WITHIN_MS)]);
      for (const { socket } of open.values()) socket.terminate();
      const noted = Promise.all(closed).then(() => Promise.all(ending));
      await Promise.race([noted, sleep(CLOSES_WITHIN_MS)]);
    },
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Where the page stands, its socket stands: a proxy before this process may speak https, and may change the host. */
function socketBase({ origin, host }: Headers, publicUrl: string | undefined): string {
  const known = publicUrl !== undefined && origin === new URL(publicUrl).origin ? publicUrl : origin;
  const base = typeof known === 'string' && /^https?:/.test(known) ? known : `http://${host}`;
  return base.replace(/^http/, 'ws');
}

/** Whether the page that asks is one of ours. What is no browser names no origin; its ticket is what lets it in. */
function isOwnPage({ origin, host }: Headers, publicUrl: string | undefined): boolean {
  if (typeof origin !== 'string') return true;
  const own = [`http://${host}`, `https://${host}`, ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin])];
  return own.includes(origin);
}

function refuse(connection: Duplex, status: number): void {
  connection.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () =>
    connection.destroy(),
  );
}

function eventOf(eventType: SocketEvent['requestContext']['eventType'], connectionId: string): SocketEvent {
  return { requestContext: { eventType, connectionId }, isBase64Encoded: false };
}
