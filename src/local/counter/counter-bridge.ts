import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import * as z from 'zod/mini';
import { SAFE_HEADERS } from '#http/safe-headers';
import { splitTarget } from '#local/server/gateway';
import type { Entrance, Upgrades } from '#local/server/server';
import type { Log } from '#log';
import { type CounterWatch, type Pace, watchCounter } from './counter-watch.ts';
import { createKonvertCalls, type Refusal } from './konvert-calls.ts';

/** What the bridge is built from. */
export interface CounterBridgeOptions {
  /** Where Konvert's HTTP API is, without a slash at the end. */
  readonly konvertUrl: string;
  /** The host that clients are sent to. Undefined: the one by which they came. */
  readonly publicHost: string | undefined;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
  readonly pace?: Pace;
}

/** How much of everything there may be. */
export interface Limits {
  readonly sockets: number;
  readonly socketsOfKey: number;
  /** How soon a socket has to ask for a counter. */
  readonly saysWhoWithinMs: number;
  /** How often a socket is asked whether it is there, and how long it may take to say so. */
  readonly beatMs: number;
}

/**
 * The live counter of the compatible API: the two addresses that its clients know. The bridge knows nothing but Konvert's
 * HTTP API, so it can run beside any Konvert.
 */
export interface CounterBridge extends Entrance, Upgrades {
  /** Ends all sockets, and accepts no more. */
  stop(): Promise<void>;
}

const SOCKETS = '/ws-counters/';
const HOST = /^\/counters\/ws_host\/api_v3\/[^/]+\/?$/;
const LIMITS: Limits = { sockets: 2_000, socketsOfKey: 500, saysWhoWithinMs: 10_000, beatMs: 20_000 };
/** A client says one thing, of less than 1 KiB. */
const MOST_BYTES = 4_096;
/** A socket that says more than this in that time is ended. */
const MOST_PACKETS = 30;
const PACKETS_MS = 10_000;
/** The clients are pages of CRMs. What lets them in is the key that they send, and never a cookie. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' };

const wantedSchema = z.object({
  type: z.literal('api_v3'),
  apiKey: z.string().check(z.regex(/^[\x21-\x7e]{1,256}$/)),
  // Section 18 of the compatible API: ids come as numbers, too.
  userId: z.pipe(
    z.union([z.string(), z.int()]),
    z.pipe(
      z.transform(String),
      z.string().check(
        z.minLength(1),
        z.maxLength(256),
        z.refine((id) => id.isWellFormed()),
        // No address has such a step: it would lead to another route.
        z.refine((id) => id !== '.' && id !== '..'),
      ),
    ),
  ),
});

const BAD_WORDS: Refusal = {
  error: 'INVALID_REQUEST',
  description: 'counterConnecting takes { type: "api_v3", apiKey, userId }',
};
const TOO_MANY: Refusal = { error: 'TOO_MANY_SOCKETS', description: 'This key has too many sockets open' };

/** What carries a socket, by whatever transport. */
type Connection = Socket['conn'];

interface Watched {
  readonly watch: CounterWatch;
  listening: number;
}

/** Builds the bridge. It asks Konvert for nothing until somebody listens. */
export function createCounterBridge(options: CounterBridgeOptions): CounterBridge {
  const { konvertUrl, publicHost, log, pace = {} } = options;
  const limits = { ...LIMITS, ...options.limits };
  const konvert = createKonvertCalls(konvertUrl);
  const watches = new Map<string, Watched>();
  const ofKey = new Map<string, number>();
  let isStopped = false;
  // It never listens: it is how socket.io takes the requests that another server hands on.
  const inner = createHttpServer();
  const io = new Server(inner, {
    path: SOCKETS,
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: MOST_BYTES,
    // Its end is a polite one, so ours comes before it.
    connectTimeout: 2 * limits.saysWhoWithinMs,
    pingInterval: limits.beatMs,
    pingTimeout: limits.beatMs,
    destroyUpgrade: false,
    cors: { origin: '*' },
    allowRequest: (_request, decide) => decide(null, io.engine.clientsCount < limits.sockets),
  });
  io.on('connection', accept);

  /** When each connection is cut that listens to nothing: before it has said what it wants, and after it was refused. */
  const patience = new WeakMap<Connection, NodeJS.Timeout>();
  io.engine.on('connection', (conn: Connection) => {
    cutSoon(conn);
    conn.on('close', () => clearTimeout(patience.get(conn)));
  });

  /** A polite end of a connection that does not poll would take half a minute more. */
  function cutSoon(conn: Connection): void {
    clearTimeout(patience.get(conn));
    patience.set(
      conn,
      setTimeout(() => conn.close(true), limits.saysWhoWithinMs),
    );
  }

  function accept(socket: Socket): void {
    let leave: (() => void) | undefined;
    cutOffIfTooLoud(socket);
    socket.on('counterConnecting', (said: unknown) => {
      clearTimeout(patience.get(socket.conn));
      leave?.();
      leave = listen(socket, said);
    });
    socket.on('disconnect', () => leave?.());
  }

  /** Returns what ends it; undefined if it was refused. */
  function listen(socket: Socket, said: unknown): (() => void) | undefined {
    const wanted = wantedSchema.safeParse(said);
    if (!wanted.success) return refuse(socket, BAD_WORDS);
    const { type, apiKey, userId } = wanted.data;
    const sockets = ofKey.get(apiKey) ?? 0;
    if (sockets >= limits.socketsOfKey) return refuse(socket, TOO_MANY);
    ofKey.set(apiKey, sockets + 1);
    const name = JSON.stringify([apiKey, userId]);
    const watched = watches.get(name) ?? {
      watch: watchCounter({ konvert, apiKey, userId, log, ...pace }),
      listening: 0,
    };
    watches.set(name, watched);
    watched.listening += 1;

    let isConnected = false;
    const unlisten = watched.watch.listen({
      counted({ counterV2, type: colour }) {
        if (!isConnected) socket.emit('counterConnected', { type });
        isConnected = true;
        socket.emit('counterUpdate', { counter: counterV2, counterV2, type: colour });
      },
      refused(refusal) {
        if (watches.get(name) === watched) watches.delete(name);
        refuse(socket, refusal);
      },
    });

    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      unlisten();
      const left = (ofKey.get(apiKey) ?? 1) - 1;
      if (left > 0) ofKey.set(apiKey, left);
      else ofKey.delete(apiKey);
      watched.listening -= 1;
      if (watched.listening > 0) return;
      watched.watch.end();
      if (watches.get(name) === watched) watches.delete(name);
    };
  }

  /** A client that the server has ended does not come again by itself. */
  function refuse(socket: Socket, refusal: Refusal): undefined {
    log({ counter: 'refused', code: refusal.error });
    cutSoon(socket.conn);
    socket.emit('counterError', refusal);
    socket.disconnect(true);
  }

  return {
    async serve(request, response) {
      const { url = '/' } = request;
      if (isStopped) return false;
      if (HOST.test(splitTarget(url).path)) return answerHost(request, response, publicHost);
      if (!url.startsWith(SOCKETS)) return false;
      for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
      inner.emit('request', request, response);
      return true;
    },

    wants: ({ url = '/', headers }) =>
      !isStopped && url.startsWith(SOCKETS) && headers.upgrade?.toLowerCase() === 'websocket',

    upgrade(request: IncomingMessage, connection: Duplex, head: Buffer) {
      // Without a listener an error of the connection would end this process.
      connection.on('error', () => connection.destroy());
      inner.emit('upgrade', request, connection, head);
    },

    async stop() {
      isStopped = true;
      for (const { watch } of watches.values()) watch.end();
      watches.clear();
      await io.close();
    },
  };
}

/** Ends a socket that sends more than a client has to say. */
function cutOffIfTooLoud({ conn }: Socket): void {
  let packets = 0;
  let since = performance.now();
  conn.on('packet', () => {
    if (performance.now() - since > PACKETS_MS) {
      packets = 0;
      since = performance.now();
    }
    packets += 1;
    if (packets > MOST_PACKETS) conn.close(true);
  });
}

/**
 * Tells the host of the sockets: the one by which the question came, unless another is set. The key in the path is not
 * looked at: a wrong one learns nothing here, and the socket refuses it.
 */
function answerHost(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  publicHost: string | undefined,
): boolean {
  if (method !== 'GET') return false;
  const body = JSON.stringify({ host: publicHost ?? headers.host ?? 'localhost' });
  response.writeHead(200, {
    ...SAFE_HEADERS,
    ...ANY_ORIGIN,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  return true;
}
