import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** How the double treats one call. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** A string or bytes are sent as they are, anything else as JSON. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
      /** Whether the receiver keeps what came. By default it does with a status of the class 2xx. */
      readonly keeps?: boolean;
    }
  /** It never answers. */
  | { readonly kind: 'hang'; readonly keeps?: boolean }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset'; readonly keeps?: boolean }
  /** The connection is closed without an answer. */
  | { readonly kind: 'close'; readonly keeps?: boolean }
  /** The head comes, then half of the body, then nothing. */
  | { readonly kind: 'hang-in-body'; readonly status: number }
  /** The answer is so many bytes long and says so, or says another length. */
  | { readonly kind: 'lie'; readonly status: number; readonly says: number; readonly bytes: number }
  /** These bytes are sent in the place of an answer. */
  | { readonly kind: 'raw'; readonly bytes: string; readonly keeps?: boolean };

/** A call that came. */
export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any body
  readonly body: any;
  readonly id: string;
  /** Whether the receiver has what came with it, whatever the caller was answered. */
  readonly isKept: boolean;
}

/** Decides about each call. Undefined leaves it to the answers that wait, or to 200. */
export type Rule = (call: Omit<ReceivedCall, 'isKept'>) => Behaviour | undefined;

/** A receiver of events: a server on 127.0.0.1, which a test tells how to behave. */
export interface ReceiverDouble {
  readonly url: string;
  /** Every call, oldest first. */
  readonly calls: readonly ReceivedCall[];
  /** The calls that a receiver which knows ids by now has taken: each id once, in the order in which it came first. */
  readonly kept: readonly ReceivedCall[];
  /** Treats the next calls so, one after the other. */
  next(...behaviours: Behaviour[]): void;
  /** Treats every call so from now on. */
  rule: Rule | undefined;
  /** Whether the signature is right by one of these secrets, whatever the time. */
  isSigned(call: ReceivedCall, ...secrets: string[]): boolean;
  /** How many calls have no end yet. */
  readonly underWay: number;
  /** Resolves when that many calls have come. */
  came(calls: number): Promise<void>;
  /** Nobody listens at the address any more. */
  goDown(): Promise<void>;
  /** Listens at the same address again. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** The answer with that status. */
export function answer(status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): Behaviour {
  return { kind: 'answer', status, body, headers };
}

/** Starts a receiver on a free port. It answers 200 to everything. */
export async function startReceiver(): Promise<ReceiverDouble> {
  const calls: ReceivedCall[] = [];
  const waiting: Behaviour[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  let server: Server | undefined;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    const raw = await readText(request);
    const { method = '', url: path = '', headers } = request;
    const came = { method, path, headers, raw, body: jsonOf(raw), id: String(headers['webhook-id']) };
    const behaviour = receiver.rule?.(came) ?? waiting.shift() ?? answer(200);
    calls.push({ ...came, isKept: keeps(behaviour) });
    await behave(behaviour, response);
  }

  async function listen(port: number): Promise<void> {
    const next = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
    // A connection that it ended under the next call would be one more call, which no test counts on.
    next.keepAliveTimeout = 0;
    next.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => next.once('error', reject).listen(port, '127.0.0.1', resolve));
    server = next;
  }

  async function goDown(): Promise<void> {
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  }

  await listen(0);
  const { port } = server!.address() as AddressInfo;
  const receiver: ReceiverDouble = {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    rule: undefined,
    get kept() {
      const all = calls.filter(({ isKept }) => isKept);
      return all.filter(({ id }, index) => all.findIndex((call) => call.id === id) === index);
    },
    get underWay() {
      return underWay;
    },
    next: (...behaviours) => void waiting.push(...behaviours),
    isSigned: (call, ...secrets) => isSigned(call, secrets),
    async came(count) {
      while (calls.length < count) await sleep(1);
    },
    goDown,
    comeBack: () => listen(port),
    stop: goDown,
  };
  return receiver;
}

function keeps(behaviour: Behaviour): boolean {
  if ('keeps' in behaviour && behaviour.keeps !== undefined) return behaviour.keeps;
  return 'status' in behaviour && behaviour.status >= 200 && behaviour.status < 300;
}

async function behave(behaviour: Behaviour, response: ServerResponse): Promise<void> {
  switch (behaviour.kind) {
    case 'answer': {
      const { status, body = '', headers, delayMs = 0 } = behaviour;
      if (delayMs > 0) await sleep(delayMs);
      response.writeHead(status, headers);
      response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
      return;
    }
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'close':
      response.socket?.destroy();
      return;
    case 'hang-in-body':
      response.writeHead(behaviour.status, { 'content-length': '100' });
      response.write('x'.repeat(50));
      return;
    case 'lie': {
      const { status, says, bytes } = behaviour;
      // Not by the response, which does not lie.
      response.socket?.end(`HTTP/1.1 ${status} OK\r\ncontent-length: ${says}\r\n\r\n${'x'.repeat(bytes)}`);
      return;
    }
    case 'raw':
      response.socket?.end(behaviour.bytes);
      return;
    default:
      return behaviour satisfies never;
  }
}

/** The package itself looks at the time of the machine; clocks of tests stand still at another one. */
function isSigned({ headers, id, raw }: ReceivedCall, secrets: readonly string[]): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const signatures = String(headers['webhook-signature']).split(' ');
  return secrets.every((secret) => signatures.includes(new Webhook(secret).sign(id, at, raw)));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
