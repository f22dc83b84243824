import { type Connection, type EngineAnswer, openConnection } from './connection.ts';

/** The connections to the engine. */
export interface Connections {
  /** Posts an operation. Rejects with a `TimeoutError` after 5 s, and with an `AbortError` if the signal says so. */
  post(operation: string, body: string, signal?: AbortSignal): Promise<EngineAnswer>;
  destroy(): void;
}

/** A request that waits for a connection or for its answer. */
interface Posted {
  readonly request: string;
  readonly resolve: (answer: EngineAnswer) => void;
  readonly reject: (error: Error) => void;
  connection?: Connection;
}

/** Much shorter than `OLD_MS` in `pump.ts`, so a write has succeeded or failed long before its bell counts as old. */
const REQUEST_MS = 5_000;
const MOST_CONNECTIONS = 64;

/** Makes connections that are kept open. If all of them are busy, requests wait in the order in which they came. */
export function createConnections(endpoint: string): Connections {
  const { hostname, port, host } = new URL(endpoint);
  const headOf = createHead(host);
  const all = new Set<Connection>();
  const idle: Connection[] = [];
  const waiting = new Set<Posted>();

  function open(): Connection {
    const connection = openConnection(hostname, Number(port), () => {
      all.delete(connection);
      if (idle.includes(connection)) idle.splice(idle.indexOf(connection), 1);
      next();
    });
    all.add(connection);
    return connection;
  }

  function next(): void {
    for (const posted of waiting) {
      const connection = idle.pop() ?? (all.size < MOST_CONNECTIONS ? open() : undefined);
      if (!connection) return;
      waiting.delete(posted);
      posted.connection = connection;
      void connection.ask(posted.request).then((answer) => {
        idle.push(connection);
        posted.resolve(answer);
        next();
      }, posted.reject);
    }
  }

  function post(operation: string, body: string, signal?: AbortSignal): Promise<EngineAnswer> {
    if (signal?.aborted) return Promise.reject(abortError(signal));
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(late);
        signal?.removeEventListener('abort', abort);
      };
      const posted: Posted = {
        request: `${headOf(operation, body)}${body}`,
        resolve(answer) {
          done();
          resolve(answer);
        },
        reject(error) {
          done();
          waiting.delete(posted);
          // Its answer may still come, so the connection is of no more use.
          posted.connection?.end(error);
          reject(error);
        },
      };
      const late = setTimeout(() => posted.reject(timeoutError()), REQUEST_MS);
      const abort = () => posted.reject(abortError(signal));
      signal?.addEventListener('abort', abort, { once: true });
      waiting.add(posted);
      next();
    });
  }

  return {
    post,
    destroy() {
      for (const connection of all) connection.end(new Error('The client of the engine has ended'));
    },
  };
}

/** The head of a request. The engine asks for a signature and looks at its form only. */
function createHead(host: string): (operation: string, body: string) => string {
  const scope = 'Credential=local/20260101/us-east-1/dynamodb/aws4_request';
  const always = [
    'POST / HTTP/1.1',
    `host: ${host}`,
    'content-type: application/x-amz-json-1.0',
    `authorization: AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
    'x-amz-date: 20260101T000000Z',
    'x-amz-target: DynamoDB_20120810.',
  ].join('\r\n');
  return (operation, body) => `${always}${operation}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
}

function timeoutError(): Error {
  return Object.assign(new Error(`The engine did not answer within ${REQUEST_MS} ms`), { name: 'TimeoutError' });
}

function abortError(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The command was given up', { cause: signal?.reason }), { name: 'AbortError' });
}
