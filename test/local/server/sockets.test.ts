import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { SocketEvent, SocketHandler } from '#http/socket';
import { answerJson } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { createSocketServer, type SocketServerDeps } from '#local/server/sockets';
import { freePort, until } from '#test/e2e/call-api';

type Options = Partial<SocketServerDeps>;

/** A server with sockets. `events` are those that its function got. */
async function start({ handle = async () => ({ statusCode: 200 }), publicUrl, ...options }: Options = {}) {
  const events: SocketEvent[] = [];
  const answer: SocketHandler = async (event) => {
    events.push(event);
    return handle(event);
  };
  const sockets = createSocketServer({ handle: answer, publicUrl, log: () => {}, ...options });
  const server = createServer(
    async () => answerJson(200, { served: true }),
    () => {},
    { upgrades: [sockets] },
  );
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  onTestFinished(async () => {
    await sockets.stop();
    await server.stop(100);
  });
  const host = `127.0.0.1:${port}`;
  const open = (path = '/doorbell?ticket=t', headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`ws://${host}${path}`, { headers });
    socket.on('error', () => {});
    onTestFinished(() => socket.terminate());
    return socket;
  };
  const kinds = () => events.map(({ requestContext }) => requestContext.eventType);
  return { sockets, host, port, open, events, kinds };
}

const closeOf = async (socket: WebSocket): Promise<number> => (await once(socket, 'close'))[0];
const opened = (socket: WebSocket) => once(socket, 'open');

test('a socket opens with its ticket, is answered, is posted to by its id, and its end is noted', async () => {
  const handle: SocketHandler = async ({ requestContext: { eventType, connectionId }, body }) => {
    if (eventType === 'MESSAGE') await sockets.post(connectionId, `you said ${body}`);
    return { statusCode: 200 };
  };
  const { sockets, open, events, kinds } = await start({ handle });
  const socket = open();
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  await opened(socket);
  const [first] = events;
  const id = first!.requestContext.connectionId;

  socket.send('hello');
  await until('the answer comes', async () => heard[0]);
  expect(await sockets.post(id, 'ring')).toBe('sent');
  await until('the ring comes', async () => heard[1]);
  expect(await sockets.post('unknown', 'ring')).toBe('gone');

  socket.close();
  await until('the end is noted', async () => kinds()[2]);
  expect(first).toMatchObject({ queryStringParameters: { ticket: 't' } });
  expect(heard).toEqual(['you said hello', 'ring']);
  expect(kinds()).toEqual(['CONNECT', 'MESSAGE', 'DISCONNECT']);
  expect(await sockets.post(id, 'ring')).toBe('gone');
  expect(sockets.open).toBe(0);
});

test('a handshake that the function refuses is refused with its status', async () => {
  const { open } = await start({ handle: async () => ({ statusCode: 401 }) });

  const [, response] = await once(open(), 'unexpected-response');

  expect(response.statusCode).toBe(401);
});

test.each([
  ['no browser', undefined, true],
  ['the page of this host', 'http://HOST', true],
  ['the page of this host behind a proxy that speaks https', 'https://HOST', true],
  ['the page of the public address', 'https://konvert.example.com', true],
  ['a page of another site', 'https://evil.example', false],
  ['a page of another port', 'http://127.0.0.1:1', false],
  ['a page in a sandbox', 'null', false],
])('a socket is opened by %s, or is not', async (_, origin, expected) => {
  const { open, host, events } = await start({ publicUrl: 'https://konvert.example.com/base' });

  const socket = open('/doorbell?ticket=t', origin === undefined ? {} : { origin: origin.replace('HOST', host) });
  const isOpen = await Promise.race([
    opened(socket).then(() => true),
    once(socket, 'unexpected-response').then(() => false),
  ]);

  expect(isOpen).toBe(expected);
  expect(events).toHaveLength(expected ? 1 : 0);
});

test('a request that wants to become something else is answered as if it had not asked', async () => {
  const { port } = await start();
  const asked = ['h2c', 'websocket'].map(async (protocol) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /other HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: ${protocol}\r\n\r\n`);
    return String((await once(socket, 'data'))[0]);
  });

  for (const answer of await Promise.all(asked)) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ['says more than 1 KiB', (socket: WebSocket) => socket.send('x'.repeat(1_025)), 1009],
  [
    'says too much at once',
    (socket: WebSocket) => {
      for (let index = 0; index <= 30; index += 1) socket.send('x');
    },
    1008,
  ],
])('a page that %s is cut off', async (_, act, code) => {
  const { open, kinds } = await start();
  const socket = open();
  await opened(socket);

  act(socket);

  expect(await closeOf(socket)).toBe(code);
  await until('the end is noted', async () => kinds().includes('DISCONNECT') || undefined);
  expect(kinds().filter((kind) => kind === 'MESSAGE').length).toBeLessThanOrEqual(30);
});

test('a page that no longer answers is cut off, and one that does is not', async () => {
  // Beats come when the test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const beatMs = 1_000;
  const { sockets, open } = await start({ beatMs });
  const [mute, alive] = [open(), open()];
  await Promise.all([opened(mute), opened(alive)]);
  // Half-open: the connection stands, and nobody is there.
  mute.pause();

  for (const left of [2, 1, 1]) {
    const beat = once(alive, 'ping');
    vi.advanceTimersByTime(beatMs);
    await beat;
    // What it answered came before this.
    alive.ping();
    await once(alive, 'pong');
    expect(sockets.open).toBe(left);
  }

  expect(alive.readyState).toBe(WebSocket.OPEN);
});

test('a page that does not read is cut off, and holds up nobody', async () => {
  const { sockets, open, events } = await start();
  const [slow, quick] = [open(), open()];
  await opened(slow);
  await opened(quick);
  const [slowId, quickId] = events.map(({ requestContext }) => requestContext.connectionId) as [string, string];
  let heard = 0;
  quick.on('message', () => {
    heard += 1;
  });
  slow.pause();

  let posts = 0;
  while ((await sockets.post(slowId, 'x'.repeat(10_000))) === 'sent') {
    posts += 1;
    await sockets.post(quickId, 'ring');
    if (posts % 100 === 0) await sleep(1);
    if (posts > 10_000) throw new Error('It is not cut off');
  }

  expect(sockets.open).toBe(1);
  await until('the other page is rung', async () => (heard === posts ? true : undefined));
});

test('sockets end when the server does, and none is opened any more', async () => {
  const { sockets, open, kinds } = await start();
  const [polite, mute] = [open(), open()];
  await Promise.all([opened(polite), opened(mute)]);
  mute.pause();
  const closed = closeOf(polite);

  await sockets.stop();

  expect(await closed).toBe(1001);
  expect(sockets.open).toBe(0);
  expect(kinds().filter((kind) => kind === 'DISCONNECT')).toHaveLength(2);
  const [, response] = await once(open(), 'unexpected-response');
  expect(response.statusCode).toBe(404);
});

test.each([
  [{ host: '127.0.0.1:8787' }, undefined, 'ws://127.0.0.1:8787/doorbell?ticket=t'],
  [{ host: '127.0.0.1:8787', origin: 'http://localhost:8787' }, undefined, 'ws://localhost:8787/doorbell?ticket=t'],
  [{ host: 'k.example', origin: 'https://k.example' }, undefined, 'wss://k.example/doorbell?ticket=t'],
  [
    { host: '127.0.0.1:8787', origin: 'https://k.example' },
    'https://k.example/a',
    'wss://k.example/a/doorbell?ticket=t',
  ],
  [{ host: '127.0.0.1:8787', origin: 'null' }, undefined, 'ws://127.0.0.1:8787/doorbell?ticket=t'],
])('the address for %o and %s', async (headers, publicUrl, expected) => {
  const { sockets } = await start({ publicUrl });

  expect(sockets.addressFor('t', headers)).toBe(expected);
});
