import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { judgeAnswer } from '#test/described';
import { PATIENCE_MS } from '#test/patience';

/** How long nothing is asked after an answer that is not the one that is waited for (ms). */
const AGAIN_MS = 20;

/** Below these browsers call some ports unsafe; from there on Linux gives them to whoever asks for any. */
const LEAST_PORT = 11_000;
const MOST_PORT = 32_000;

/** An answer of Konvert's API. */
export interface ApiAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any answer
  readonly body: any;
}

/** Calls the API of a Konvert, as the user or as the CRM itself. Throws if the answer is not as it is described. */
export async function callApi(
  url: string,
  method: string,
  path: string,
  { key, userId, body }: { key?: string; userId?: string | undefined; body?: unknown } = {},
): Promise<ApiAnswer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(userId !== undefined && { 'konvert-user': userId }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const answer = { status: response.status, body: isJson ? JSON.parse(text) : text };
  judgeAnswer({ method, path, ...answer, headers: Object.fromEntries(response.headers) });
  return answer;
}

/** Asks until there is an answer. After `withinMs` it throws an error that says what was waited for. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, withinMs = PATIENCE_MS): Promise<T> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(AGAIN_MS)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`);
}

/** Two processes that ask at once would find the same port free. So each looks among ports of its own, by its pid. */
const PORTS_OF_ONE = 200;
const FIRST_PORT = LEAST_PORT + PORTS_OF_ONE * (process.pid % Math.floor((MOST_PORT - LEAST_PORT) / PORTS_OF_ONE));
let asked = randomInt(PORTS_OF_ONE);

/**
 * A port that was free a moment ago. It is none of those that systems give to whoever asks for any, as all doubles do:
 * one of them would take it before who needs it has started.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (asked++ % PORTS_OF_ONE);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
