import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formOf } from '#calls/multipart';
import { createPublicFetch } from '#calls/public-fetch';
import { PATIENCE_MS } from '#test/patience';

const MB = 1024 * 1024;

let server: ReturnType<typeof createServer>;
let address: string;
let received = 0;
let take: (request: IncomingMessage) => Promise<void>;

beforeEach(async () => {
  received = 0;
  server = createServer((request, response) => {
    void take(request).then(
      () => response.end('{}'),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function count(request: IncomingMessage) {
  for await (const chunk of request) received += chunk.byteLength;
}

function post(fetch: typeof globalThis.fetch, size: number, open: () => AsyncIterable<Uint8Array>): Promise<Response> {
  const file = { field: 'file', name: 'f', mimeType: 'text/plain', size, open: async () => open() };
  return fetch(address, {
    method: 'POST',
    ...formOf({ to: 'ж' }, file, 'b'),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

describe.each([
  { name: 'the plain fetch', fetch: globalThis.fetch },
  { name: 'the public fetch', fetch: createPublicFetch({ refuses: () => false }) },
])('$name', ({ fetch }) => {
  test('sends a form with its length, and no piece of it in between', async () => {
    let headers: IncomingMessage['headers'] = {};
    const pieces: Buffer[] = [];
    take = async (request) => {
      headers = request.headers;
      for await (const chunk of request) pieces.push(chunk);
    };

    const response = await post(fetch, 3, async function* () {
      yield Buffer.from('ab');
      yield Buffer.from('c');
    });

    const body = Buffer.concat(pieces);
    expect(response.status).toBe(200);
    expect(headers).toMatchObject({ 'content-length': String(body.byteLength) });
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(body.toString()).toBe(
      '--b\r\nContent-Disposition: form-data; name="to"\r\n\r\nж\r\n' +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--b--\r\n',
    );
  });

  test('reads a file while it is sent, and never holds it as a whole', async () => {
    take = count;
    let held = 0;
    async function* many() {
      for (let read = 0; read < 200; read += 1) {
        yield Buffer.alloc(MB);
        // Lets the server count what has come.
        await new Promise((resolve) => setTimeout(resolve, 1));
        held = Math.max(held, (read + 1) * MB - received);
      }
    }

    await post(fetch, 200 * MB, many);

    expect(received).toBeGreaterThan(200 * MB);
    expect(held).toBeLessThan(20 * MB);
  });

  test.each([
    { name: 'longer', size: 2 },
    { name: 'shorter', size: 4 },
  ])('breaks off a file that is $name than it was said to be', async ({ size }) => {
    take = count;

    await expect(
      post(fetch, size, async function* () {
        yield Buffer.from('abc');
      }),
    ).rejects.toThrow();
  });

  test('ends when its signal aborts while the file is read', async () => {
    take = count;
    const file = {
      field: 'file',
      name: 'f',
      mimeType: 'text/plain',
      size: 10,
      async open() {
        return (async function* () {
          yield Buffer.from('a');
          await new Promise(() => {});
        })();
      },
    };

    const call = fetch(address, { method: 'POST', ...formOf({}, file, 'b'), signal: AbortSignal.timeout(100) });

    await expect(call).rejects.toThrow();
  });
});
