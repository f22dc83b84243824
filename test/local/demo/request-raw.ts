import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** Sends a request with exactly these headers, `host` included, which `fetch` would not send. */
export async function requestRaw(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
) {
  const sending = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  sending.end(body);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  const chunks = await answer.toArray();
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}
