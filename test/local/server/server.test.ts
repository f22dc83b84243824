import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { answerJson, type Gateway, type PlainRequest } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { freePort } from '#test/e2e/call-api';
import { sendRaw } from '#test/hostile/raw-http';

const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
const MEBIBYTE = Buffer.alloc(1024 * 1024, 'x');

/** Starts a server that records the requests to its gateway. */
async function serve(gateway: Gateway = async () => answerJson(200, 'fine')) {
  const asked: PlainRequest[] = [];
  const errors: unknown[] = [];
  const server = createServer(
    async (plain) => {
      asked.push(plain);
      return gateway(plain);
    },
    (entry) => errors.push(entry),
  );
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  onTestFinished(() => server.stop(0));
  return { server, port, asked, errors, url: `http://127.0.0.1:${port}` };
}

/** Sends a body in chunks without a content length. Resolves to the status of the answer. */
async function sendChunks(url: string, count: number): Promise<number> {
  const sending = request(url, { method: 'POST' });
  const answered = once(sending, 'response');
  // The server may close the connection while the rest is still being sent.
  sending.on('error', () => {});
  for (let sent = 0; sent < count; sent += 1) sending.write(MEBIBYTE);
  sending.end();
  const [response] = await answered;
  response.resume();
  return response.statusCode;
}

test('a body arrives byte for byte, with header names in lower case', async () => {
  const { url, asked } = await serve();
  const body = Buffer.from([0, 255, 128, 10]);

  const response = await fetch(`${url}/path?x=1`, { method: 'PUT', headers: { 'X-Key': 'k' }, body });

  expect(await response.json()).toBe('fine');
  expect(asked[0]).toMatchObject({ method: 'PUT', target: '/path?x=1', headers: { 'x-key': 'k' } });
  expect(Buffer.from(asked[0]!.body)).toEqual(body);
});

test('a body may have 10 MiB, and more is a 413, with or without a content length', async () => {
  const { url, asked } = await serve();
  const said = (count: number) => fetch(url, { method: 'POST', body: Buffer.concat(Array(count).fill(MEBIBYTE)) });

  expect((await said(10)).status).toBe(200);
  expect(await sendChunks(url, 10)).toBe(200);
  const tooLarge = await said(11);
  expect(tooLarge.status).toBe(413);
  expect(Object.fromEntries(tooLarge.headers)).toMatchObject(SAFE);
  expect(await tooLarge.json()).toEqual({ error: 'TOO_LARGE', description: expect.any(String) });
  expect(await sendChunks(url, 40)).toBe(413);
  expect((await fetch(url)).status).toBe(200);

  expect(asked).toHaveLength(3);
});

test('callers that disconnect midway, or do not speak HTTP, do no harm', async () => {
  const { url, port, asked, errors } = await serve();

  // The server may end the connection or reset it.
  const open = () => connect(port, '127.0.0.1').on('error', () => {});
  const leaving = open();
  leaving.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await once(leaving.resume(), 'close');
  const resetting = open();
  resetting.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () => resetting.resetAndDestroy());
  await once(resetting, 'close');
  const stammering = open();
  stammering.write('good day\r\n\r\n');
  const [said] = await once(stammering, 'data');

  expect(String(said)).toMatch(/^HTTP\/1.1 400 /);
  expect((await fetch(url)).status).toBe(200);
  expect(asked).toHaveLength(1);
  expect(errors).toEqual([]);
});

test.each<[string, string, number]>([
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['a request without Host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
  ['an unknown Expect', 'POST / HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\n\r\n', 417],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}`, 431],
  ['chunks of no size', 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400],
  [
    'chunks with long extensions',
    `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2;${'y'.repeat(100_000)}`,
    413,
  ],
  ['a second request that is none', 'GET / HTTP/1.1\r\nhost: x\r\n\r\nhello\r\n\r\n', 400],
])('%s is answered with a body and the safe headers', async (_name, text, status) => {
  const { port } = await serve();

  const answer = (await sendRaw(port, Buffer.from(text))).at(-1)!;

  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject(SAFE);
  expect(JSON.parse(answer.body)).toEqual({ error: expect.any(String), description: expect.any(String) });
});

test('an answer that is half sent is cut off, and no other stands in it', async () => {
  const { port } = await serve(async () => ({ ...answerJson(200, ''), body: Buffer.alloc(64 * 1024 * 1024, 'x') }));
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'readable');
  socket.write('hello\r\n\r\n');
  await sleep(100);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
  await once(socket, 'close');

  expect(Buffer.concat(chunks).toString()).not.toContain('400');
});

test('a gateway that throws is a 500 with a body', async () => {
  const { url, errors } = await serve(() => Promise.reject(new Error('secret')));

  const response = await fetch(url);

  expect(response.status).toBe(500);
  expect(Object.fromEntries(response.headers)).toMatchObject(SAFE);
  expect(await response.text()).not.toContain('secret');
  expect(errors).toHaveLength(1);
});

test('a port in use is an error that says what to do', async () => {
  const { port } = await serve();
  const second = createServer(
    async () => answerJson(200, ''),
    () => {},
  );

  await expect(second.listen(port, '127.0.0.1')).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken; set PORT`);
});

test('stopping answers requests under way and takes no new ones', async () => {
  let answer = () => {};
  const { server, url, asked } = await serve(
    () =>
      new Promise((resolve) => {
        answer = () => resolve(answerJson(200, 'x'.repeat(5_000_000)));
      }),
  );

  const response = fetch(url);
  await expect.poll(() => asked.length).toBe(1);
  const stopped = server.stop(10_000);
  answer();

  expect((await (await response).text()).length).toBeGreaterThan(5_000_000);
  expect((await response).headers.get('connection')).toBe('close');
  await stopped;
  await expect(fetch(url)).rejects.toThrow();
});

test('stopping cuts off a request that is not answered in time', async () => {
  const { server, url, asked } = await serve(() => new Promise(() => {}));
  const response = fetch(url).catch(() => 'cut off');
  await expect.poll(() => asked.length).toBe(1);

  await server.stop(50);

  expect(await response).toBe('cut off');
});
