import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { callApi, until } from '#test/e2e/call-api';
import { type Company, openCompany } from '#test/e2e/company';
import { makeFolder } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';

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

async function openPage({ konvert: { url }, apiKey: key }: Company, userId: string): Promise<Page> {
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
        chatsIn(rings).find(([, , id, rung]) => id === chatId && rung >= version),
      ),
  };
}

/** What was rung for single chats. All pages look again ten seconds after roles have changed, as they did in the set-up. */
function chatsIn(rings: readonly Ring[]) {
  return rings.flatMap(({ chats = [] }) => chats);
}

test('who sees a chat is rung when the client writes, and who loses it once and no more', async () => {
  const company = await openCompany();
  const [ivan, maria, olga] = await Promise.all(['ivan', 'maria', 'olga'].map((id) => openPage(company, id)));
  const { konvert, apiKey: key, channelId, write } = company;

  // Anna is new, and Ivan receives new clients.
  await write('anna', 'Good day!');
  await Promise.all([ivan!.rungFor('1001'), olga!.rungFor('1001')]);
  expect(chatsIn(maria!.rings)).toEqual([]);

  // She becomes Maria's: Ivan is told of it, so that his page lets the chat go, and then no more.
  const path = `/v1/chats/${channelId}/telegram/1001`;
  const given = await callApi(konvert.url, 'PUT', `${path}/responsible`, { key, body: { userId: 'maria' } });
  expect(given).toMatchObject({ status: 200, body: { version: expect.any(Number) } });
  const { version } = given.body;
  await Promise.all([ivan!.rungFor('1001', version), maria!.rungFor('1001', version)]);
  const lost = await callApi(konvert.url, 'GET', path, { key, userId: 'ivan' });
  expect(lost.status).toBe(404);
  // A stream may bring the change that took it from him together with a later one.
  const told = chatsIn(ivan!.rings);

  const { body } = await callApi(konvert.url, 'GET', path, { key });
  await write('anna', 'Are you there?');
  await maria!.rungFor('1001', body.version + 1);
  expect(chatsIn(ivan!.rings)).toEqual(told);
});

test('a killed server is found again by pages, and what it left behind rings nobody twice', async () => {
  needsThisMachine('kill -9');
  const folder = await makeFolder();
  const first = await openCompany({ folder });
  const page = await openPage(first, 'olga');
  const closed = new Promise((resolve) => page.socket.once('close', resolve));
  await first.konvert.kill();
  await closed;

  const company = await openCompany({ folder });
  const again = await openPage(company, 'olga');
  await company.write('anna', 'Do you deliver on Sundays?');

  await again.rungFor('1001');
  const named = chatsIn(again.rings).map(String);
  expect(named).toEqual([...new Set(named)]);
  expect(named.length).toBeLessThanOrEqual(3);
});

test('a server that is told to end says so to its pages', async () => {
  needsThisMachine('the server ends');
  const company = await openCompany();
  const page = await openPage(company, 'olga');
  const closed = new Promise((resolve) => page.socket.once('close', resolve));

  expect(await company.konvert.stop()).toBe(0);

  expect(await closed).toBe(1001);
});

test('a hundred clients who write at once ring a page a few times, and it is answered meanwhile', async () => {
  needsThisMachine('an engine answers a hundred calls one after the other');
  const company = await openCompany();
  const page = await openPage(company, 'olga');
  const pong = () => until('a pong', async () => page.rings.find(({ t }) => t === 'pong'));

  const written = Array.from({ length: 100 }, (_, index) =>
    company.write(index % 2 ? 'anna' : 'bob', `Number ${index}`),
  );
  page.socket.send('{"t":"ping"}');
  await pong();
  await Promise.all(written);
  const { body } = await callApi(company.konvert.url, 'GET', '/v1/chats', { key: company.apiKey, userId: 'olga' });
  const versions = new Map<string, number>(
    body.chats.map((chat: Record<string, never>) => [chat.chatId, chat.version]),
  );

  await until('the last version has rung', async () => {
    const named = page.rings.flatMap(({ chats = [] }) => chats);
    const isLast = ([, , id, version]: (typeof named)[number]) => version >= (versions.get(id) ?? 0);
    return new Set(named.filter(isLast).map(([, , id]) => id)).size >= 2 || undefined;
  });
  expect(page.rings.filter(({ chats }) => chats).length).toBeLessThan(150);
});
