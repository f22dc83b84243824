import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_KINDS } from '#local/demo/kinds';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import { pathOf } from '#local/demo/kit/open-kind';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { type KonvertProcess, startKonvert } from '#test/e2e/konvert-process';
import { deployed, needsThisMachine } from '#test/e2e/place';
import { TEST_MS } from '#test/patience';

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
/** The messengers that take a file from us only by an address that they can reach, and this machine has none. */
const NO_FILE_OUT: readonly string[] = ['instagram', 'viber'];

/** Dan is new to the company. In WhatsApp by QR code he has the phone that the other WhatsApp knows, so it is Eva there. */
const { id, phone } = DEMO_CLIENTS.dan;
const MESSENGERS = [
  { name: 'telegram', path: '/demo-messenger', client: 'dan', chatType: 'telegram', chatId: String(id) },
  { name: 'whatsapp', path: '/demo-messenger/whatsapp', client: 'dan', chatType: 'whatsapp', chatId: phone },
  ...DEMO_KINDS.map((kind) => {
    const { name, chatType } = kind;
    const client = name === 'whatsapp-qr' ? 'eva' : 'dan';
    return { name, path: pathOf(kind), client, chatType, chatId: kind.chatOf(client) };
  }),
] as const;

interface Line {
  readonly messageId: string;
  readonly text?: string;
  readonly status?: string;
  readonly contentUri?: string;
  readonly deliveryId?: string;
}

const undo: (() => unknown)[] = [];
let folder: string;
let konvert: KonvertProcess;
let key: string;
let channelIds: Readonly<Record<string, string>>;

/** One `npm start` for all of them. New clients are given out in turn everywhere. */
beforeAll(async () => {
  if (deployed) return;
  folder = await mkdtemp(join(tmpdir(), 'konvert-e2e-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  await start();
  await until('the welcome is printed', async () => konvert.output().includes('demo write') || undefined);
  const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  key = demo.apiKey;
  channelIds = { telegram: demo.channelId, whatsapp: demo.whatsappChannelId, ...demo.channels };
  const users = ['ivan', 'maria'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
  const settings = { newClients: { mode: 'round-robin', pipelineId: 'sales', stageId: 'new' }, userRoles: users };
  for (const channelId of [channelIds.telegram, channelIds.whatsapp])
    expect(await ask('PUT', `/v1/settings/channels/${channelId}`, settings)).toMatchObject({ status: 200 });
}, TEST_MS);
afterAll(async () => {
  for (const end of undo.reverse()) await end();
});

async function start(): Promise<void> {
  const options = { folder, port: await freePort(), by: 'node', env: { KONVERT_DEMO: 'on' } } as const;
  konvert = await startKonvert(options, (end) => undo.push(end));
}

function ask(method: string, path: string, body?: unknown, userId?: string) {
  return callApi(konvert.url, method, path, { key, userId, body });
}

describe.each(MESSENGERS)('a client in $name', ({ name, path, client, chatType, chatId }) => {
  const messenger = async (method: string, route: string, body?: unknown) =>
    (await callApi(konvert.url, method, path + route, { body })).body;
  const chatPath = () => `/v1/chats/${channelIds[name]}/${chatType}/${encodeURIComponent(chatId)}`;
  const history = async (): Promise<Line[]> => (await ask('GET', `${chatPath()}/messages`)).body.messages ?? [];
  const line = (what: string, isIt: (line: Line) => boolean) => until(what, async () => (await history()).find(isIt));
  const write = async (text: string, more = {}) =>
    expect((await messenger('POST', '/write', { client, text, ...more })).webhook).toMatchObject({ status: 200 });
  const send = async (content: object, userId?: string): Promise<string> => {
    const body = { channelId: channelIds[name], chatType, chatId, ...content };
    const { status, body: answer } = await ask('POST', '/v3/message', body, userId);
    expect([status, answer]).toEqual([201, expect.objectContaining({ messageId: expect.any(String) })]);
    return answer.messageId;
  };
  const isThere = (messageId: string) => (one: Line) =>
    one.messageId === messageId && ['sent', 'delivered', 'read'].includes(one.status ?? '');

  test('is given out in turn, is answered, waits again when the answer fails, and gets it once', async () => {
    needsThisMachine('the messengers of the demo');
    await write('Do you deliver?');
    const { body: given } = await until('the client is given out', async () => {
      const found = await ask('GET', chatPath());
      return found.body.unanswered && found.body.responsibleUserId ? found : undefined;
    });
    const [assigned] = await until('there is a record of it', async () => {
      const { assignments } = (await ask('GET', `/v1/assignments?channelId=${channelIds[name]}`)).body;
      return assignments.length > 0 ? assignments : undefined;
    });
    expect(assigned).toMatchObject({ chatId, userId: given.responsibleUserId, rule: 'round-robin' });

    await messenger('POST', '/refuse-next', {});
    const messageId = await send({ text: 'We do.' }, given.responsibleUserId);
    const failed = await line('the answer failed', (one) => one.messageId === messageId && one.status === 'error');
    await until('the client waits again', async () => (await ask('GET', chatPath())).body.unanswered || undefined);
    const again = await ask('POST', `/v1/deliveries/${failed.deliveryId}/retry`);
    expect(again.status).toBe(202);
    await line('the answer is there', isThere(messageId));
    await until(
      'the client is answered',
      async () => (await ask('GET', chatPath())).body.unanswered === false || undefined,
    );

    const { messages } = await messenger('GET', '/messages');
    const replies = messages.filter(({ from }: { from: string }) => from !== 'client');
    expect(replies.map(({ text }: { text: string }) => text)).toEqual(['We do.']);
  });

  test('sends a picture, and gets one', async () => {
    needsThisMachine('the messengers of the demo');
    const file = { name: 'one.png', type: 'image/png', base64: PNG.toString('base64') };
    await write('', { file });
    const { contentUri = '' } = await line('the picture', (one) => one.contentUri !== undefined);
    const got = await until('its bytes', async () => {
      const answer = await fetch(contentUri);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
    });
    expect(got).toEqual(PNG);
    if (NO_FILE_OUT.includes(name)) return;

    const about = { name: 'two.png', type: 'image/png', size: PNG.length };
    const { body: uploading } = await ask('POST', '/v1/files', about);
    const { url, headers } = uploading.upload;
    expect(await fetch(url, { method: 'PUT', headers, body: new Uint8Array(PNG) })).toMatchObject({ status: 200 });
    const messageId = await send({ contentUri: uploading.contentUri });
    await line('the picture is there', isThere(messageId));
    const { messages } = await messenger('GET', '/messages');
    expect(messages.at(-1)).toMatchObject({ file: { size: PNG.length } });
  });
});

test('a folder of a version without them gets a channel of each at the next start, at another port, and none twice', async () => {
  needsThisMachine('the messengers of the demo');
  const before = (await ask('GET', '/v3/channels')).body;
  expect(await konvert.stop()).toBe(0);
  const file = join(folder, 'demo.json');
  const { channels: _, ...old } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(old));

  await start();

  const after = (await ask('GET', '/v3/channels')).body;
  expect(after).toEqual(before);
  expect(after).toHaveLength(MESSENGERS.length + 1);
  const words = { client: 'frank', text: 'Still there?' };
  for (const { path } of MESSENGERS) {
    const { body } = await callApi(konvert.url, 'POST', `${path}/write`, { body: words });
    expect(body.webhook).toMatchObject({ status: 200 });
  }
});
