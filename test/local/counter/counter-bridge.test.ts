import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { CounterBridgeOptions } from '#local/counter/counter-bridge';
import { comes } from '#test/comes';
import { until } from '#test/e2e/call-api';
import { listenAt, TRANSPORTS } from '#test/e2e/live-counter';
import { serveBridge } from '#test/e2e/served-bridge';
import { sendRaw } from '#test/hostile/raw-http';
import { counted, refusal, startKonvertDouble } from '#test/local/counter/konvert-double';

/** So rare that a test is over before. */
const NEVER_MS = 600_000;
/** By a clock that only the test moves. */
const SOON_MS = 1_000;
const WANTED = { type: 'api_v3', apiKey: 'key', userId: 'ivan' };

async function start(options: Partial<CounterBridgeOptions> = {}) {
  const konvert = await startKonvertDouble();
  const logged: unknown[] = [];
  const log = (entry: unknown) => logged.push(entry);
  const pace = { pollMs: 20, recheckMs: NEVER_MS };
  const { bridge, url, port, stop } = await serveBridge(konvert.url, { log, pace, ...options });
  onTestFinished(stop);
  const listen = (said: unknown = WANTED, transports: readonly string[] = ['websocket']) =>
    listenAt(url, said, transports);
  const looks = () => konvert.asked.filter((one) => one.startsWith('GET')).length;
  return { konvert, bridge, url, port, listen, looks, logged };
}

/** The bridge ends and beats by a clock that stands still until it is moved. `until` would stand still, too. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], fakeNodeBuiltins: true });
  onTestFinished(() => void vi.useRealTimers());
}

/** Resolves when nothing has been asked for a moment: a question that was under way may come after its asker has left. */
async function calm({ asked }: { readonly asked: readonly string[] }): Promise<void> {
  await until('nothing is asked', async () => {
    const before = asked.length;
    await sleep(100);
    return asked.length === before || undefined;
  });
}

test('one doorbell rings for all who listen to a user by a key, and nobody rings when they are gone', async () => {
  const { konvert, listen } = await start();
  konvert.counter = counted(1);
  const all = TRANSPORTS.flatMap((transports) => [listen(WANTED, transports), listen(WANTED, transports)]);
  await Promise.all(all.map((one) => one.says(1, 'red')));
  await until('the doorbell', async () => konvert.opened || undefined);

  konvert.counter = counted(2);
  konvert.say({ t: 'ring', chats: [['c', 'telegram', '1', 3]] });
  await Promise.all(all.map((one) => one.says(2, 'red')));
  expect(konvert.opened).toBe(1);
  expect(new Set(konvert.asked)).toEqual(new Set(['GET /v3/unanswered/ivan - -', 'POST /v1/doorbells ivan own']));

  for (const { socket } of all) socket.close();
  await until('no doorbell', async () => (konvert.doorbells.size === 0 ? true : undefined));
  await calm(konvert);
});

test('another user and another key have a doorbell of their own; who asks for another user leaves the first', async () => {
  const { konvert, listen } = await start();
  const one = listen();
  await Promise.all([one, listen({ ...WANTED, apiKey: 'other' })].map((client) => client.says(0, null)));
  await until('two doorbells', async () => (konvert.doorbells.size === 2 ? true : undefined));

  one.socket.emit('counterConnecting', { ...WANTED, userId: 'a/b ж' });
  await until('the third', async () => (konvert.opened === 3 && konvert.doorbells.size === 2 ? true : undefined));

  expect(konvert.asked).toContain('GET /v3/unanswered/a%2Fb%20%D0%B6 - -');
  expect(konvert.asked).toContain('POST /v1/doorbells a%2Fb%20%D0%B6 own');
});

test('a change of which no ring came is told at the next look', async () => {
  const { konvert, listen, looks } = await start({ pace: { pollMs: 20, recheckMs: 100 } });
  const client = listen();
  await client.says(0, null);
  // More than the looks that follow from an open doorbell.
  await until('some looks', async () => (looks() > 6 ? true : undefined));

  konvert.counter = counted(7, 'grey');

  await client.says(7, 'grey');
});

test('without doorbells Konvert is asked again and again, and a doorbell just once', async () => {
  const { konvert, listen } = await start();
  konvert.doorbell = refusal(404, 'NOT_FOUND');
  const client = listen();
  await client.says(0, null);

  konvert.counter = counted(3);
  await client.says(3, 'red');
  konvert.counter = counted(0, null);
  await client.says(0, null);

  expect(client.updates).toHaveLength(3);
  expect(konvert.asked.filter((one) => one.startsWith('POST'))).toHaveLength(1);
});

test.each([
  ['an error', refusal(500, 'INTERNAL_ERROR')],
  ['a start', refusal(503, 'STARTING')],
  ['a gateway that has enough', { status: 429, body: { message: 'Too Many Requests' } }],
  ['a gateway that knows no route', { status: 404, body: { message: 'Not Found' } }],
  ['a wall before it', { status: 403, body: '<html>' }],
  ['something else', { status: 200, body: [] }],
  ['a redirect', { status: 307, body: {}, headers: { location: '/elsewhere' } }],
])('%s ends nobody, is told to nobody, and is logged once', async (_, answer) => {
  const { konvert, listen, looks, logged } = await start();
  konvert.counter = answer;
  const client = listen();
  await until('some looks', async () => (looks() > 3 ? true : undefined));
  expect(client.events).toEqual([]);
  expect(logged).toEqual([{ counter: 'unknown', reason: expect.any(String) }]);
  expect(konvert.asked.join()).not.toContain('elsewhere');

  konvert.counter = counted(1);
  await client.says(1, 'red');
  expect(client.events).toEqual(['counterConnected', 'counterUpdate']);
});

test.each([
  [401, 'UNAUTHORIZED'],
  [403, 'ACCOUNT_DISABLED'],
  [404, 'USER_NOT_FOUND'],
])('a refusal %i %s that comes later ends all who listen, and the doorbell', async (status, code) => {
  const { konvert, listen, logged } = await start({ pace: { pollMs: 20, recheckMs: 50 } });
  const clients = TRANSPORTS.map((transports) => listen(WANTED, transports));
  await Promise.all(clients.map((one) => one.says(0, null)));

  konvert.counter = refusal(status, code);
  for (const { ends, errors } of clients) {
    await until('the end', async () => ends[0]);
    expect([errors.map(({ error }) => error), ends]).toEqual([[code], ['io server disconnect']]);
  }

  await until('no doorbell', async () => (konvert.doorbells.size === 0 ? true : undefined));
  expect(logged).toEqual(clients.map(() => ({ counter: 'refused', code })));

  // A wrong key from the start gets no doorbell.
  const [asked, late] = [konvert.asked.length, listen()];
  await until('the end', async () => late.ends[0]);
  expect(konvert.asked.slice(asked)).toEqual(['GET /v3/unanswered/ivan - -']);
  konvert.counter = counted(5);
  await listen().says(5, 'red');
});

test('a doorbell that says bye is looked after at once, and one that is lost is opened again', async () => {
  const { konvert, listen } = await start({ pace: { pollMs: NEVER_MS, recheckMs: NEVER_MS } });
  const client = listen();
  await client.says(0, null);
  await until('the doorbell', async () => konvert.opened || undefined);

  for (const one of konvert.doorbells) one.terminate();
  konvert.counter = counted(1);
  await client.says(1, 'red');
  await until('the next one', async () => (konvert.opened === 2 ? true : undefined));

  // The look that follows 2.5 s after an open doorbell is over.
  await sleep(3_000);
  konvert.say('no JSON');
  konvert.say({ t: 'new-in-a-later-version' });
  konvert.doorbell = konvert.counter = refusal(401, 'UNAUTHORIZED');
  konvert.say({ t: 'bye', why: 'signed-out' });
  await until('the end', async () => client.ends[0]);
});

test('a hundred rings at once are a few looks, and what is the same is not told twice', async () => {
  const { konvert, listen, looks } = await start();
  konvert.counter = counted(1);
  const client = listen();
  await client.says(1, 'red');
  await until('the doorbell', async () => konvert.opened || undefined);
  const before = looks();

  for (let rings = 100; rings > 0; rings -= 1) konvert.say({ t: 'ring', all: true });
  await until('a look', async () => (looks() > before ? true : undefined));
  await sleep(500);

  expect(looks() - before).toBeLessThan(6);
  expect(client.updates).toHaveLength(1);
});

test('sockets are bounded: in all, and by their key', async () => {
  const { konvert, listen } = await start({ limits: { sockets: 4, socketsOfKey: 2 } });
  const first = [listen(), listen({ ...WANTED, userId: 'olga' })];
  await Promise.all(first.map((one) => one.says(0, null)));

  const third = listen();
  await until('the end', async () => third.ends[0]);
  expect(third.errors).toMatchObject([{ error: 'TOO_MANY_SOCKETS' }]);

  const others = [listen({ ...WANTED, apiKey: 'other' }), listen({ ...WANTED, apiKey: 'other', userId: 'olga' })];
  await Promise.all(others.map((one) => one.says(0, null)));
  const refused = listen({ ...WANTED, apiKey: 'third' }, ['polling']);
  let error: unknown;
  refused.socket.on('connect_error', (said: unknown) => {
    error = said;
  });
  await until('a refusal', async () => error);
  expect(refused.events).toEqual([]);

  // Who leaves makes room.
  first[0]!.socket.close();
  await refused.says(0, null);
  expect(konvert.asked.some((one) => one.includes('olga'))).toBe(true);
});

test('of all that is asked at once, Konvert is asked only what somebody still wants to know', async () => {
  const { konvert, listen } = await start();
  let open = () => {};
  konvert.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const clients = Array.from({ length: 10 }, (_, index) => {
    const client = listen({ ...WANTED, userId: `${index}-first` });
    client.socket.on('connect', () => {
      for (let times = 0; times < 20; times += 1)
        client.socket.emit('counterConnecting', { ...WANTED, userId: `${index}-${times}` });
    });
    return client;
  });
  await until('all that may be asked at once', async () => (konvert.asked.length === 20 ? true : undefined));
  // One of them is enough for that. What a late one says would be asked before it has said the rest.
  await until('all connections', async () => clients.every(({ socket }) => socket.connected) || undefined);
  await sleep(100);
  const last = listen({ ...WANTED, userId: 'last' });
  await until('the connection', async () => last.socket.connected || undefined);
  await sleep(100);

  open();
  await Promise.all([...clients, last].map((client) => client.says(0, null)));

  // Those that were under way, and one for each who listens.
  const looks = new Set(konvert.asked.filter((one) => one.startsWith('GET')));
  expect(looks.size).toBeLessThanOrEqual(20 + clients.length + 1);
});

test.each(['.', '..', ''])('a user with the id "%s" is no question, and leads to no other route', async (userId) => {
  const { konvert, listen } = await start();
  const client = listen({ ...WANTED, userId });

  await until('the end', async () => client.ends[0]);
  expect(client.errors).toMatchObject([{ error: 'INVALID_REQUEST' }]);
  expect(konvert.asked).toEqual([]);
});

test('who says nothing, or does not answer a beat, is ended; who does both is not', async () => {
  stopClock();
  const { url } = await start({ limits: { saysWhoWithinMs: SOON_MS, beatMs: SOON_MS } });
  const ended: string[] = [];
  const heard: string[] = [];

  /** The frames of engine.io: `2` is a beat and `3` its answer, `40` opens the socket, `42` is an event. */
  function connect(name: string, { opens = true, asks = false, answers = false }) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws-counters/?EIO=4&transport=websocket`);
    onTestFinished(() => socket.terminate());
    socket.on('message', (data) => {
      const frame = String(data);
      heard.push(`${name}: ${frame.slice(0, 2)}`);
      if (frame.startsWith('0') && opens) socket.send('40');
      if (frame.startsWith('40') && asks) socket.send(`42${JSON.stringify(['counterConnecting', WANTED])}`);
      if (frame === '2' && answers) socket.send('3');
    });
    socket.on('close', () => ended.push(name));
    return socket;
  }
  connect('opens nothing', { opens: false, answers: true });
  connect('asks nothing', { answers: true });
  connect('answers no beat', { asks: true });
  const good = connect('good', { asks: true, answers: true });
  const first = ['opens nothing: 0{', 'asks nothing: 40', 'answers no beat: 42', 'good: 42'];
  await comes(() => first.every((one) => heard.includes(one)));

  for (let beat = 1; beat <= 4; beat += 1) {
    vi.advanceTimersByTime(SOON_MS);
    await comes(() => heard.filter((one) => one === 'good: 2').length === beat);
    // What it answered came before this.
    good.ping();
    await once(good, 'pong');
  }

  await comes(() => ended.length === 3);
  expect(ended.sort()).toEqual(['answers no beat', 'asks nothing', 'opens nothing']);
});

test.each([
  ['opens nothing', []],
  ['asks nothing', ['40']],
  ['is refused', ['40', `42${JSON.stringify(['counterConnecting', { ...WANTED, userId: '' }])}`]],
])('who polls no more and %s makes room soon', async (_, packets) => {
  stopClock();
  const { url, listen } = await start({ limits: { sockets: 1, saysWhoWithinMs: SOON_MS } });
  const polling = `${url}/ws-counters/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(polling)).text()).slice(1)) as { sid: string };
  for (const body of packets) await fetch(`${polling}&sid=${sid}`, { method: 'POST', body });
  expect((await fetch(polling)).status).toBe(403);

  vi.advanceTimersByTime(SOON_MS);
  await comes(async () => (await fetch(`${polling}&sid=${sid}`)).status === 400);

  vi.useRealTimers();
  await listen(WANTED, ['websocket']).says(0, null);
});

test.each([
  ['too much at once', (long: string) => [long]],
  ['too much in a list', () => Array.from({ length: 40 }, () => 'x')],
])('%s ends the socket, and holds up no other', async (_, words) => {
  const { listen } = await start();
  const other = listen({ ...WANTED, userId: 'olga' });
  await other.says(0, null);
  for (const transports of [['websocket'], ['polling']]) {
    const client = listen({ ...WANTED, userId: 'olga' }, transports);
    await client.says(0, null);

    for (const word of words('x'.repeat(10_000))) client.socket.emit('noise', word);

    await until('the end', async () => client.ends[0]);
    client.socket.close();
  }
  expect(other.ends).toEqual([]);
});

test('garbage at its addresses is answered or dropped, and the server goes on', async () => {
  const { url, port, listen, logged } = await start();
  const client = listen();
  await client.says(0, null);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const good = '/ws-counters/?EIO=4&transport=websocket';
  const raw = [
    `GET ${good} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`,
    `GET ${good} HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n\xff\xff\xff\xff`,
    `GET ${good}&sid=none HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n`,
    `GET /ws-counters/?EIO=3&transport=websocket HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n`,
    `GET /ws-counters/?transport=__proto__ HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n`,
    `GET http://x${good} HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n`,
    `POST ${good} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcde`,
    'POST /ws-counters/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc',
    'PUT /ws-counters/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /ws-counters/%ff?EIO[]=4&transport[]=polling HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /ws-counters/?EIO=4&transport=polling&sid=__proto__ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /ws-counters/?EIO=4&transport=webtransport HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /counters/ws_host/api_v3/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ];
  const sent = [false, true].flatMap((leaves) =>
    raw.map((text) => sendRaw(port, Buffer.from(text, 'latin1'), { leaves })),
  );
  // One of them waits for the rest of a body that never comes.
  await Promise.race([Promise.all(sent), sleep(1_000)]);
  for (const packet of [
    '',
    '4',
    '40/none,',
    '42',
    '42[',
    '42["disconnect"]',
    '451-["x",{"_placeholder":true}]',
    '5',
    '\0',
  ]) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${good}`);
    socket.on('error', () => {});
    socket.on('open', () => {
      socket.send('40');
      socket.send(packet);
      socket.send(Buffer.from(packet));
      socket.send(
        '42["counterConnecting",{"type":"api_v3","apiKey":"key","userId":"ivan","__proto__":{"x":1}},1,null]',
      );
    });
    await sleep(20);
    socket.terminate();
  }

  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  await listen(WANTED, ['polling']).says(0, null);
  expect(client.ends).toEqual([]);
  expect(logged.filter((entry) => JSON.stringify(entry).includes('error'))).toEqual([]);
});

test('the host is told to pages of any origin: the one by which they came, or the public one', async () => {
  const { url, port } = await start();
  const ask = (address: string) => fetch(`${address}/counters/ws_host/api_v3/some-key`);
  const answer = await ask(url);
  expect(await answer.json()).toEqual({ host: `127.0.0.1:${port}` });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  });
  expect((await fetch(`${url}/counters/ws_host/api_v3/some-key/`)).status).toBe(200);
  expect((await fetch(`${url}/counters/ws_host/api_v3/`)).status).toBe(404);
  expect((await fetch(`${url}/counters/ws_host/api_v3/some-key`, { method: 'POST' })).status).toBe(404);

  const known = await start({ publicHost: 'counter.example.com' });
  expect(await (await ask(known.url)).json()).toEqual({ host: 'counter.example.com' });
  const page = await fetch(`${url}/ws-counters/?EIO=4&transport=polling`, {
    headers: { origin: 'https://crm.example' },
  });
  expect(page.headers.get('access-control-allow-origin')).toBe('*');
  expect(page.headers.get('access-control-allow-credentials')).toBeNull();
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('cache-control')).toBe('no-store');
});

test('who listens is cut off when the bridge stops, and nobody comes in after that', async () => {
  const { konvert, bridge, url, listen } = await start();
  const clients = TRANSPORTS.map((transports) => listen(WANTED, transports));
  await Promise.all(clients.map((one) => one.says(0, null)));

  await bridge.stop();
  for (const { ends } of clients) expect(await until('the end', async () => ends[0])).not.toBe('io server disconnect');
  await calm(konvert);
  const asked = konvert.asked.length;

  expect((await fetch(`${url}/ws-counters/?EIO=4&transport=polling`)).status).toBe(404);
  await sleep(500);
  expect(clients.filter(({ socket }) => socket.connected)).toEqual([]);
  expect(konvert.asked.length).toBe(asked);
});
