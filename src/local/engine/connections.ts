import { Agent, request } from 'node:http';

/** What the engine answered. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: string;
}

/** The connections to the engine. */
export interface Connections {
  /** Posts an operation. Rejects with a `TimeoutError` after 5 s, and with an `AbortError` if the signal says so. */
  post(operation: string, body: string, signal?: AbortSignal): Promise<EngineAnswer>;
  destroy(): void;
}

/** Much shorter than `OLD_MS` in `pump.ts`, so a write has succeeded or failed long before its bell counts as old. */
const REQUEST_MS = 5_000;
const SOCKETS = 64;
/** The engine asks for a signature and looks at its form only. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** Makes connections that are kept open. More requests than there may be connections wait for one. */
export function createConnections(endpoint: string): Connections {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const { hostname, port } = new URL(endpoint);

  function post(operation: string, body: string, signal?: AbortSignal): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        authorization: AUTHORIZATION,
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      };
      const posted = request({ method: 'POST', host: hostname, port, agent, headers, ...(signal && { signal }) });
      const late = setTimeout(() => posted.destroy(timeout()), REQUEST_MS);
      posted.on('close', () => clearTimeout(late));
      posted.on('error', reject);
      posted.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      posted.end(body);
    });
  }

  return { post, destroy: () => agent.destroy() };
}

function timeout(): Error {
  return Object.assign(new Error(`The engine did not answer within ${REQUEST_MS} ms`), { name: 'TimeoutError' });
}
