import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that a receiver got. */
export interface ReceiverCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answers = (response: ServerResponse, call: ReceiverCall) => void;

/** A CRM's server for events, on 127.0.0.1. It answers 200 until it is told otherwise. */
export interface ReceiverDouble {
  readonly uri: string;
  /** Every call so far, oldest first. */
  readonly calls: readonly ReceiverCall[];
  answers: Answers;
  stop(): Promise<void>;
}

/** Starts one on a free port. */
export async function startReceiver(): Promise<ReceiverDouble> {
  const calls: ReceiverCall[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const call = { method, url, headers, body: Buffer.concat(await request.toArray()).toString() };
    calls.push(call);
    double.answers(response, call);
  };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    void take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: ReceiverDouble = {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`,
    calls,
    answers: status(200),
    stop() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return stopped;
    },
  };
  return double;
}

/** Answers with that status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answers {
  return (response) => void response.writeHead(code, headers).end();
}

/** What receivers do that is no plain answer. */
export const misbehaves = {
  hangs: () => {},
  resets: (response) => response.socket?.resetAndDestroy(),
  'closes without an answer': (response) => response.socket?.destroy(),
  'speaks no HTTP': (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'answers 200 and sends 10 MB': (response) => void response.writeHead(200).end(Buffer.alloc(10_000_000, 'x')),
  'answers 200 and sends less than it said': (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('short');
    setTimeout(() => response.socket?.destroy(), 5);
  },
  'answers 200 and never ends': (response) => void response.writeHead(200).write('{"ok":'),
} as const satisfies Readonly<Record<string, Answers>>;
