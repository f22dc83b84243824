import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer to give. A body that is a string or bytes is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Takes the call and never answers. */
  readonly hang?: boolean;
}

/** A request as it came. */
export interface RawRequest {
  readonly verb: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
}

/** The part that all doubles of messengers have in common. */
export interface HttpDouble<Call> {
  readonly baseUrl: string;
  /** Every call so far, oldest first. */
  readonly calls: readonly Call[];
  /** Gives this answer to the next call of `method`. Several answers are given to one call after the other. */
  answerNext(method: string, answer: Answer): void;
  /** Stops the server and ends all its connections, open ones too. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of 127.0.0.1. `read` names each call, `answer` gives its usual answer. `serve` answers
 * what is no call, such as a file, and says whether it has. With `tls` it speaks https.
 */
export async function startHttpDouble<Call extends { readonly method: string }>(
  read: (request: RawRequest) => Call | Promise<Call>,
  answer: (call: Call, request: RawRequest) => Answer | Promise<Answer>,
  serve?: (request: RawRequest, response: ServerResponse) => boolean,
  tls?: { readonly cert: string; readonly key: string },
): Promise<HttpDouble<Call>> {
  const calls: Call[] = [];
  const scripted = new Map<string, Answer[]>();

  const listener: RequestListener = async (request, response) => {
    try {
      const raw = await rawOf(request);
      if (serve?.(raw, response)) return;
      const call = await read(raw);
      calls.push(call);
      const {
        status,
        headers,
        hang,
        delayMs = 0,
        body,
      } = scripted.get(call.method)?.shift() ?? (await answer(call, raw));
      if (hang) return;
      if (delayMs > 0) await sleep(delayMs);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
    } catch {
      response.destroy();
    }
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  // Weeks by the clock of a test are seconds of this one, in which no connection may be ended under its next call.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    baseUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answerNext(method, one) {
      scripted.set(method, [...(scripted.get(method) ?? []), one]);
    },
    stop() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return stopped;
    },
  };
}

async function rawOf(request: IncomingMessage): Promise<RawRequest> {
  const bytes = Buffer.concat(await request.toArray());
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { verb: request.method ?? '', url: new URL(request.url ?? '/', 'http://double'), headers, bytes };
}
