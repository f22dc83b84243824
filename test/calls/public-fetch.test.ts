import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PrivateAddressError } from '#calls/errors';
import { createPublicFetch, isMetadataAddress, isPrivateAddress } from '#calls/public-fetch';
import { createTelegram } from '#channels/telegram/index';
import { textTo } from '#test/channels/messages';
import { PATIENCE_MS } from '#test/patience';

const PRIVATE = [
  ['0.0.0.0', 'this host'],
  ['10.0.0.1', 'private'],
  ['10.255.255.255', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.127.255.255', 'carrier-grade NAT'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'link-local: the metadata of a cloud'],
  ['169.254.170.2', 'link-local: the credentials of a task'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.8', 'protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['192.88.99.1', 'the former relays of 6to4'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'mapped IPv4'],
  ['::ffff:8.8.8.8', 'mapped IPv4, even a public one'],
  ['::7f00:1', 'compatible IPv4'],
  ['64:ff9b::7f00:1', 'NAT64'],
  ['100::1', 'discard'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::', '6to4'],
  ['3fff::1', 'documentation'],
  ['4000::1', 'unassigned'],
  ['fc00::1', 'unique local'],
  ['fd12:3456::1', 'unique local'],
  ['fe80::1', 'link-local'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['localhost', 'no address'],
  ['', 'no address'],
];
const PUBLIC = [
  ['1.1.1.1'],
  ['9.255.255.255'],
  ['11.0.0.0'],
  ['100.63.255.255'],
  ['100.128.0.0'],
  ['149.154.167.220'],
  ['172.15.255.255'],
  ['172.32.0.0'],
  ['192.167.255.255'],
  ['192.169.0.0'],
  ['223.255.255.255'],
  ['2001:67c:4e8:f004::9'],
  ['2a00:1450:4001::1'],
];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listen(server);
}

/** Writes the text byte by byte. */
function dribble(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text.slice(at, at + 1));
    at += 1;
    if (at === text.length) clearInterval(timer);
  }, 1);
  socket.once('close', () => clearInterval(timer));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A server that does what it likes with a connection as soon as a request comes in. `open` counts its connections. */
async function serveRaw(act: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)));
    socket.once('data', () => act(socket));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { port: await listen(server), open: () => sockets.size };
}

/** Writes the text again and again until the connection is closed. */
function pour(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 1);
  socket.once('close', () => clearInterval(timer));
}

test('what tells a machine its credentials is called by none, whatever else is', async () => {
  const metadata = ['169.254.169.254', '169.254.170.2', '100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fe80::1'];
  const written = ['::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '', 'metadata'];
  const others = [
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    '::ffff:127.0.0.1',
    'fd12::1',
    '1.1.1.1',
  ];
  expect([...metadata, ...written].filter((address) => !isMetadataAddress(address))).toEqual([]);
  expect(others.filter(isMetadataAddress)).toEqual([]);

  const call = createPublicFetch({ refuses: isMetadataAddress });
  for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '0xa9fea9fe', '2852039166'])
    await expect(call(`http://${host}/latest/meta-data/`)).rejects.toThrow(PrivateAddressError);
});

describe('isPrivateAddress', () => {
  test.each(PRIVATE)('%s is refused (%s)', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(PUBLIC)('%s may be called', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe('createPublicFetch', () => {
  test.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://017700000001',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://localhost',
    'https://localhost',
  ])('%s is not called', async (base) => {
    let calls = 0;
    const port = await serve((_request, response) => {
      calls += 1;
      response.end();
    });

    await expect(createPublicFetch()(`${base}:${port}/`)).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' });
    expect(calls).toBe(0);
  });

  test('a name with one private address among several is not called', async () => {
    const resolve = async () => [
      { address: '149.154.167.220', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];

    await expect(createPublicFetch({ resolve })('http://mixed.example')).rejects.toThrow('private network');
  });

  test('a name is resolved once, so that a second answer of the DNS changes nothing', async () => {
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '192.0.2.1' : '149.154.167.220', family: 4 }];
    };

    await expect(createPublicFetch({ resolve })('http://rebound.example')).rejects.toThrow('private network');
    expect(asked).toBe(1);
  });

  test('an unknown name fails as with fetch', async () => {
    const resolve = async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    };

    await expect(createPublicFetch({ resolve })('http://nowhere.example')).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ENOTFOUND' },
    });
  });
});

describe('an allowed call', () => {
  const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  const CHUNKS = '4\r\nhalf\r\n'.repeat(999);
  const local = async () => [{ address: '127.0.0.1', family: 4 }];
  const fetch = createPublicFetch({ resolve: local, refuses: () => false });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is sent and answered as with fetch', async (method) => {
    const port = await serve(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      response.writeHead(429, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
    });

    const response = await fetch(`http://public.example:${port}/bot1/getMe?a=b`, {
      method,
      headers: { 'content-type': 'text/plain' },
      body: 'Grüße',
    });

    expect(response.status).toBe(429);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toMatchObject({
      method,
      url: '/bot1/getMe?a=b',
      headers: { host: `public.example:${port}`, 'content-type': 'text/plain', 'content-length': '7' },
      body: 'Grüße',
    });
  });

  test.each([[204], [304]])('has no body in an answer with status %i', async (status) => {
    const port = await serve((_request, response) => response.writeHead(status).end());

    const response = await fetch(`http://public.example:${port}/`);

    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  test('follows no redirect', async () => {
    const port = await serve((_request, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end());

    expect((await fetch(`http://public.example:${port}/`)).status).toBe(302);
  });

  test.each([
    ['before the answer', false],
    ['within the answer', true],
  ])('ends when its signal aborts, %s', async (_when, begins) => {
    const port = await serve((_request, response) => {
      if (begins) response.writeHead(200).write('half');
    });
    const asked = async () => {
      const response = await fetch(`http://public.example:${port}/`, { signal: AbortSignal.timeout(100) });
      return response.text();
    };

    await expect(asked()).rejects.toThrow();
  });

  test('ends when its signal aborts, although the request could be garbage-collected', {
    timeout: PATIENCE_MS,
  }, async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const port = await serve((_request, response) => response.writeHead(200).write('half'));
    const response = await fetch(`http://public.example:${port}/`, { signal: AbortSignal.timeout(300) });
    const ended = expect(response.text()).rejects.toThrow();
    for (let round = 0; round < 5; round += 1) {
      await new Promise(setImmediate);
      collect();
    }

    await ended;
  });

  test.each<[string, (socket: Socket) => void]>([
    ['101 with an upgrade', (to) => to.write(`HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}\r\n`)],
    ['101 with an upgrade, in pieces', (to) => dribble(to, `HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}\r\n`)],
    ['101 with an upgrade and then data', (to) => pour(to, `HTTP/1.1 101 x\r\n${UPGRADE}\r\n${'x'.repeat(9_999)}`)],
    ['101 without an upgrade', (to) => to.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')],
    ['101 after 100', (to) => to.write(`HTTP/1.1 100 x\r\n\r\nHTTP/1.1 101 x\r\n${UPGRADE}\r\n`)],
    ['an upgrade of HTTP/2', (to) => to.write('HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')],
    ['100 again and again', (to) => pour(to, 'HTTP/1.1 100 Continue\r\n\r\n')],
    ['102 again and again', (to) => pour(to, 'HTTP/1.1 102 Processing\r\n\r\n')],
    ['103 again and again', (to) => pour(to, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')],
    ['100 and then the end', (to) => to.end('HTTP/1.1 100 Continue\r\n\r\n')],
    ['status 199', (to) => to.end('HTTP/1.1 199 x\r\n\r\n')],
    ['status 099', (to) => to.write('HTTP/1.1 099 x\r\nContent-Length: 0\r\n\r\n')],
    ['status 000', (to) => to.write('HTTP/1.1 000 x\r\nContent-Length: 0\r\n\r\n')],
    ['status 600', (to) => to.write('HTTP/1.1 600 x\r\nContent-Length: 0\r\n\r\n')],
    ['status 999', (to) => to.write('HTTP/1.1 999 x\r\nContent-Length: 9\r\n\r\n')],
    ['status 2000', (to) => to.write('HTTP/1.1 2000 x\r\n\r\n')],
    ['no status', (to) => to.write('HTTP/1.1 x\r\n\r\n')],
    ['no HTTP', (to) => to.write('220 mail.example ESMTP\r\n')],
    ['TLS', (to) => to.write(Buffer.from([0x15, 3, 1, 0, 2, 2, 40]))],
    ['the end at once', (to) => to.end()],
    ['a reset', (to) => to.resetAndDestroy()],
    ['the end within the status', (to) => to.end('HTTP/1.1 20')],
    ['the end within the headers', (to) => to.end('HTTP/1.1 200 OK\r\nContent-Le')],
    ['headers of 20 KB', (to) => to.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)],
    ['headers without an end', (to) => to.write('HTTP/1.1 200 OK\r\n', () => pour(to, 'X: y\r\n'.repeat(99)))],
    ['a header with a control character', (to) => to.write('HTTP/1.1 200 OK\r\nX: a\u0001b\r\n\r\n')],
    ['a header with a wrong name', (to) => to.write('HTTP/1.1 200 OK\r\nX Y: a\r\n\r\n')],
    ['two lengths', (to) => to.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n')],
    ['a negative length', (to) => to.write('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n')],
  ])('%s is no answer: the call fails by itself and keeps no connection', async (_name, act) => {
    const { port, open } = await serveRaw(act);

    await expect(fetch(`http://public.example:${port}/`, { method: 'POST', body: '{}' })).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: expect.any(Error),
    });
    await expect.poll(open).toBe(0);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['the end too early', (to) => to.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    ['a reset', (to) => to.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () => to.resetAndDestroy())],
    ['a broken chunk', (to) => to.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
    ['the end within chunks', (to) => to.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf')],
  ])('%s within the body fails the reading', async (_name, act) => {
    const { port, open } = await serveRaw(act);

    await expect(fetch(`http://public.example:${port}/`).then((response) => response.text())).rejects.toThrow();
    await expect.poll(open).toBe(0);
  });

  test.each([
    ['204 with a body', '204 x\r\nContent-Length: 4\r\n\r\nbody'],
    ['205 with half a body', '205 x\r\nContent-Length: 9\r\n\r\nhalf'],
    ['205 with a body of chunks', '205 x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n'],
    ['304 with a body', '304 x\r\nContent-Length: 4\r\n\r\nbody'],
  ])('%s is an answer without one, and keeps no connection', async (_name, text) => {
    const { port, open } = await serveRaw((to) => pour(to, `HTTP/1.1 ${text}`));

    const response = await fetch(`http://public.example:${port}/`);

    expect([String(response.status), await response.text()]).toEqual([text.slice(0, 3), '']);
    await expect.poll(open).toBe(0);
  });

  test('an answer after a few of the class 1xx counts', async () => {
    const early = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n';
    const { port } = await serveRaw((to) => to.write(`${early}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine`));

    expect(await (await fetch(`http://public.example:${port}/`)).text()).toBe('fine');
  });

  test.each<[string, (socket: Socket) => void]>([
    ['nothing', () => {}],
    ['half a status', (to) => to.write('HTTP/1.1 20')],
    ['one header after the other', (to) => dribble(to, `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(999)}`)],
    ['100 only', (to) => to.write('HTTP/1.1 100 Continue\r\n\r\n')],
    ['half a body', (to) => to.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    ['a body without an end', (to) => dribble(to, `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(9_999)}`)],
    ['chunks without an end', (to) => dribble(to, `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKS}`)],
  ])('the signal ends a call to a server that sends %s', async (_name, act) => {
    const { port, open } = await serveRaw(act);
    const signal = AbortSignal.timeout(150);

    await expect(fetch(`http://public.example:${port}/`, { signal }).then((all) => all.text())).rejects.toThrow();

    expect(signal.aborted).toBe(true);
    await expect.poll(open).toBe(0);
  });

  test('the signal ends a call while the name is looked up, and one that has not begun', async () => {
    const slow = createPublicFetch({ resolve: () => new Promise(() => {}), refuses: () => false });

    await expect(slow('http://slow.example', { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    await expect(slow('http://slow.example', { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test('fails with the error code of the connection if the server is down', async () => {
    await expect(fetch('http://public.example:1/')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});

describe('the Telegram adapter, if its address leads into a private network', () => {
  const credentials = { botToken: '123456:abcdefghij', apiBaseUrl: 'http://127.0.0.1:1' };
  const telegram = createTelegram({ fetch: createPublicFetch() });

  test('names the field on connect', async () => {
    await expect(telegram.setup.connect(credentials)).rejects.toMatchObject({
      name: 'CredentialsRefusedError',
      description: 'credentials.apiBaseUrl leads into a private network, where this deployment does not call',
      fields: ['credentials.apiBaseUrl'],
    });
  });

  test('refuses a message for good', async () => {
    const sent = await telegram.outbound.send(credentials, textTo('1', 'hello'), AbortSignal.timeout(PATIENCE_MS));

    expect(sent).toMatchObject({ kind: 'refused', refusal: { code: 'PRIVATE_ADDRESS' } });
  });
});
