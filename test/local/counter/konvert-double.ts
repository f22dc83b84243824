import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

/** An answer of the double. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stand-in for Konvert: the two routes that the bridge calls, as docs/http.md tells them, and the sockets of doorbells. */
export interface KonvertDouble {
  readonly url: string;
  /** What `GET /v3/unanswered/{userId}` answers. */
  counter: Answer;
  /** What `POST /v1/doorbells` answers; undefined: the address of a socket. */
  doorbell: Answer | undefined;
  /** What an answer waits for. */
  gate: Promise<unknown> | undefined;
  /** The requests: method, path, user and, where it is from here, `own`. */
  readonly asked: string[];
  /** The doorbells that are open. */
  readonly doorbells: ReadonlySet<WebSocket>;
  /** How often a doorbell was opened. */
  opened: number;
  say(said: unknown): void;
}

export const counted = (counterV2: number, type: 'red' | 'grey' | null = 'red'): Answer => ({
  status: 200,
  body: { counterV2, type, lastMsgDateTime: null },
});

export const refusal = (status: number, error: string): Answer => ({ status, body: { error, description: 'No' } });

/** Starts one that ends with the running test. */
export async function startKonvertDouble(): Promise<KonvertDouble> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer(async (request, response) => {
    const { method, url = '', headers } = request;
    const from = headers.origin === double.url ? 'own' : '-';
    double.asked.push(`${method} ${url} ${headers['konvert-user'] ?? '-'} ${from}`);
    await double.gate;
    const made: Answer = { status: 201, body: { url: `${double.url.replace('http', 'ws')}/doorbell?ticket=t` } };
    const answer = url === '/v1/doorbells' ? (double.doorbell ?? made) : double.counter;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  server.on('upgrade', (request, connection, head) => {
    sockets.handleUpgrade(request, connection, head, () => {
      double.opened += 1;
    });
  });
  // It ends no connection under the next question.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const one of sockets.clients) one.terminate();
    server.closeAllConnections();
    server.close();
  });
  const double: KonvertDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counter: counted(0, null),
    doorbell: undefined,
    gate: undefined,
    asked: [],
    doorbells: sockets.clients,
    opened: 0,
    say(said) {
      for (const one of sockets.clients) one.send(typeof said === 'string' ? said : JSON.stringify(said));
    },
  };
  return double;
}
