import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from '#http/error-codes';
import { RequestError } from '#http/errors';
import { ServerError } from '#local/errors';
import { describeError, type Log } from '#log';
import { answerError, type Gateway, type PlainAnswer } from './gateway.ts';

/** Serves requests that the gateway does not see. Their bodies are still unread. */
export interface Entrance {
  /** Serves the request and answers true, or leaves it alone. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/** Takes over connections that become sockets. */
export interface Upgrades {
  /** Whether a request asks for one of its sockets. */
  wants(request: IncomingMessage): boolean;
  /** Takes over the connection of a request that asks for one. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
}

/** What is served beside the gateway. The first that wants a request gets it. */
export interface Beside {
  readonly entrances?: readonly Entrance[];
  readonly upgrades?: readonly Upgrades[];
}

/** A server on one port of this machine. */
export interface Server {
  /**
   * Resolves when the server listens. If it cannot listen on the address, throws a `ServerError` that says what to do.
   */
  listen(port: number, host: string): Promise<void>;
  /** Accepts no more requests. Resolves when the requests under way are answered, or after that time. */
  stop(withinMs: number): Promise<void>;
}

/** API Gateway's limit: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Of a body that is too large, this much is read and dropped, so that its sender can read the answer. */
const MAX_DROPPED_BYTES = 10 * MAX_BODY_BYTES;
const FINISHES_WITHIN_MS = 2_000;

/**
 * Serves the gateway over HTTP, and before it what is beside it. No request makes the server fail: an unreadable request is
 * answered with an error, and a caller that disconnects is forgotten.
 */
export function createServer(gateway: Gateway, log: Log, { entrances = [], upgrades = [] }: Beside = {}): Server {
  const underWay = new Set<Promise<void>>();
  let stopping = false;

  async function answerTo(request: IncomingMessage, body: Buffer): Promise<PlainAnswer> {
    const { host } = request.headers;
    if (host === undefined && request.httpVersion !== '1.0') return refusal(400, 'INVALID_REQUEST', 'Host is missing');
    return gateway(plain(request, body));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const entrance of entrances) if (await entrance.serve(request, response)) return;
      const body = await readBody(request);
      if (body === 'gone') return;
      const answer = body === 'too-large' ? await tooLarge(request) : await answerTo(request, body);
      await write(response, request, answer, stopping);
    } catch (error) {
      log({ server: 'failed', ...describeError(error) });
      await write(response, request, answerError(error), true);
    }
  }

  /** The last answer of each connection. */
  const answers = new WeakMap<Duplex, ServerResponse>();

  // Node would refuse a request without `Host` itself, without a body.
  // What wants to become another protocol than a socket is answered as if it had not asked.
  const takerOf = (request: IncomingMessage) => upgrades.find((one) => one.wants(request));
  const shouldUpgradeCallback = (request: IncomingMessage) => takerOf(request) !== undefined;
  const server = createHttpServer({ requireHostHeader: false, shouldUpgradeCallback }, (request, response) => {
    answers.set(request.socket, response);
    // A caller that disconnects midway raises `error`. Without a listener that would end this process.
    request.on('error', () => {});
    response.on('error', () => {});
    const served = serve(request, response);
    underWay.add(served);
    void served.finally(() => underWay.delete(served));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    void write(response, request, refusal(417, 'INVALID_REQUEST', 'The only known Expect is 100-continue'), true);
  });
  server.on('upgrade', (...asked) => takerOf(asked[0])?.upgrade(...asked));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const answer = answers.get(socket);
    // Half an answer cannot be taken back, and another one in it would be read as its body.
    const isHalfWritten = answer?.headersSent && !answer.writableFinished;
    if (error.code === 'ECONNRESET' || !socket.writable || isHalfWritten) socket.destroy();
    else socket.end(textOf(unreadable(error)), () => socket.destroy());
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 20_000;
  // An upload of 50 MB by a slow line takes minutes.
  server.requestTimeout = 300_000;

  return {
    async listen(port, host) {
      server.listen(port, host);
      try {
        await once(server, 'listening');
      } catch (cause) {
        throw new ServerError(reasonOf(cause, port, host), { cause });
      }
    },

    async stop(withinMs) {
      stopping = true;
      server.close();
      const timedOut = new AbortController();
      const late = sleep(withinMs, undefined, { signal: timedOut.signal }).catch(() => {});
      const done = (async () => {
        while (underWay.size > 0) await Promise.all(underWay);
      })();
      await Promise.race([done, late]);
      timedOut.abort();
      server.closeAllConnections();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return 'too-large';
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY_BYTES) {
        request.removeAllListeners('data');
        chunks.length = 0;
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve('gone'));
  });
}

/**
 * Lets the sender finish first. If it were cut off while it writes, it would see a broken connection, not the answer.
 */
async function tooLarge(request: IncomingMessage): Promise<PlainAnswer> {
  let dropped = 0;
  const finished = new Promise<void>((resolve) => {
    request.on('data', (chunk: Buffer) => {
      dropped += chunk.length;
      if (dropped > MAX_DROPPED_BYTES) request.destroy();
    });
    request.once('end', resolve).once('close', resolve);
  });
  await Promise.race([finished, sleep(FINISHES_WITHIN_MS, undefined, { ref: false })]);
  return refusal(413, 'TOO_LARGE', 'The body is larger than 10 MiB');
}

function refusal(status: number, code: ErrorCode, description: string): PlainAnswer {
  return answerError(new RequestError(status, code, description));
}

/** The answer to what is no request. Its statuses are those of Node: https://nodejs.org/api/http.html#event-clienterror */
function unreadable({ code }: NodeJS.ErrnoException): PlainAnswer {
  if (code === 'HPE_HEADER_OVERFLOW') return refusal(431, 'TOO_LARGE', 'The headers are too large');
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return refusal(413, 'TOO_LARGE', 'The chunk extensions are too large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refusal(408, 'TIMEOUT', 'The request took too long');
  return refusal(400, 'INVALID_REQUEST', 'This is not HTTP/1.1');
}

/** The answer as it is sent where there is no request. It is the last of its connection. */
function textOf({ status, headers, body }: PlainAnswer): string {
  const all: OutgoingHttpHeaders = { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', String(body)].join('\r\n');
}

function plain({ method = 'GET', url = '/', headers }: IncomingMessage, body: Uint8Array) {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const],
  );
  return { method, target: url, headers: Object.fromEntries(joined), body };
}

/**
 * Resolves when the answer is handed to the network, or the caller has disconnected. The answer to `HEAD` may tell the
 * length of the body that it leaves out.
 */
async function write(
  response: ServerResponse,
  { method }: IncomingMessage,
  { status, headers, body }: PlainAnswer,
  last: boolean,
): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  const written = new Promise<void>((resolve) => response.once('finish', resolve).once('close', resolve));
  const length = method === 'HEAD' ? headers['content-length'] : undefined;
  response.writeHead(status, {
    ...headers,
    'content-length': length ?? Buffer.byteLength(body),
    ...(last && { connection: 'close' }),
  });
  response.end(body);
  await written;
}

function reasonOf(cause: unknown, port: number, host: string): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken; set PORT to a free one`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user; set PORT to one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${host}; set HOST`;
  return `Cannot listen on ${host}, port ${port}: ${message}`;
}
