import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { type KonvertProcess, makeFolder, startKonvert } from '#test/e2e/konvert-process';

interface Demo {
  readonly apiKey: string;
  readonly channelId: string;
}

interface Ring {
  readonly t: string;
  readonly all?: true;
  readonly chats?: readonly (readonly [string, string, string, number])[];
}

/** An open socket of a user of the demo company. */
interface Page {
  readonly socket: WebSocket;
  readonly rings: Ring[];
  /** Resolves when a ring has come that names the chat with that version or a later one. */
  rungFor(chatId: string, version?: number): Promise<unknown>;
}

async function startDemo(folder: string): Promise<{ konvert: KonvertProcess; demo: Demo }> {
  const konvert = await startKonvert({ folder, port: await freePort(), by: 'node', env: { KONVERT_DEMO: 'on' } });
  const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as Demo;
  return { konvert, demo };
}

async function openPage({ url }: KonvertProcess, { apiKey: key }: Demo, userId: string): Promise<Page> {
  const { status, body } = await callApi(url, 'POST', '/v1/doorbells', { key, userId });
  expect(status).toBe(201);
  const socket = new WebSocket(body.url, { origin: url });
  onTestFinished(() => socket.terminate());
  const rings: Ring[] = [];
  socket.on('message', (data) => rings.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    socket,
    rings,
    rungFor: (chatId, version = 0) =>
      until(`a ring for ${chatId}`, async () =>
        rings.flatMap(({ chats = [] }) => chats).find(([, , id, rung]) => id === chatId && rung >= version),
      ),
  };
}

const write = ({ url }: KonvertProcess, client: string, text: string) =>
  callApi(url, 'POST', '/demo-messenger/write', { body: { client, text } });

test('who sees a chat is rung when the client writes, and who loses it once and no more', async () => {
  const { konvert, demo } = await startDemo(await makeFolder());
  const [ivan, maria, olga] = await Promise.all(['ivan', 'maria', 'olga'].map((id) => openPage(konvert, demo, id)));
  const key = demo.apiKey;

  // Anna is new, and Ivan receives new clients.
  expect((await write(konvert, 'anna', 'Good day!')).status).toBe(200);
  await Promise.all([ivan!.rungFor('1001'), olga!.rungFor('1001')]);
  expect(maria!.rings).toEqual([]);

  // She becomes Maria's: Ivan is told of it, so that his page lets the chat go, and then no more.
  const path = `/v1/chats/${demo.channelId}/telegram/1001`;
  const given = await callApi(konvert.url, 'PUT', `${path}/responsible`, { key, body: { userId: 'maria' } });
  expect(given).toMatchObject({ status: 200, body: { version: expect.any(Number) } });
  const { version } = given.body;
  await Promise.all([ivan!.rungFor('1001', version), maria!.rungFor('1001', version)]);
  const lost = await callApi(konvert.url, 'GET', path, { key, userId: 'ivan' });
  expect(lost.status).toBe(404);

  await write(konvert, 'anna', 'Are you there?');
  await maria!.rungFor('1001', version + 1);
  const named = ivan!.rings.flatMap(({ chats = [] }) => chats);
  expect(named.filter(([, , , rung]) => rung > version)).toEqual([]);
});

test('a killed server is found again by pages, and what it left behind rings nobody twice', async () => {
  const folder = await makeFolder();
  const first = await startDemo(folder);
  const page = await openPage(first.konvert, first.demo, 'olga');
  const closed = new Promise((resolve) => page.socket.once('close', resolve));
  await first.konvert.kill();
  await closed;

  const { konvert, demo } = await startDemo(folder);
  const again = await openPage(konvert, demo, 'olga');
  await write(konvert, 'anna', 'Do you deliver on Sundays?');

  await again.rungFor('1001');
  expect(again.rings.length).toBeLessThanOrEqual(3);
});

test('a server that is told to end says so to its pages', async () => {
  const { konvert, demo } = await startDemo(await makeFolder());
  const page = await openPage(konvert, demo, 'olga');
  const closed = new Promise((resolve) => page.socket.once('close', resolve));

  expect(await konvert.stop()).toBe(0);

  expect(await closed).toBe(1001);
});

test('a hundred clients who write at once ring a page a few times, and it is answered meanwhile', async () => {
  const { konvert, demo } = await startDemo(await makeFolder());
  const page = await openPage(konvert, demo, 'olga');
  const pong = () => until('a pong', async () => page.rings.find(({ t }) => t === 'pong'));

  const written = Array.from({ length: 100 }, (_, index) =>
    write(konvert, index % 2 ? 'anna' : 'bob', `Number ${index}`),
  );
  page.socket.send('{"t":"ping"}');
  await pong();
  await Promise.all(written);
  const { body } = await callApi(konvert.url, 'GET', '/v1/chats', { key: demo.apiKey, userId: 'olga' });
  const versions = new Map<string, number>(
    body.chats.map((chat: Record<string, never>) => [chat.chatId, chat.version]),
  );

  await until('the last version has rung', async () => {
    const named = page.rings.flatMap(({ chats = [] }) => chats);
    const isLast = ([, , id, version]: (typeof named)[number]) => version >= (versions.get(id) ?? 0);
    return new Set(named.filter(isLast).map(([, , id]) => id)).size >= 2 || undefined;
  });
  expect(page.rings.length).toBeLessThan(150);
});
