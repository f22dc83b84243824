import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CALL_MS, FILE_CALL_MS } from '#domain/delivery';
import { type EvolutionDouble, startEvolution } from '#test/doubles/evolution';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type Street, startStreet } from '#test/functions/street';
import { type Answer, createWorld, type World } from '#test/world';

const DANA = { phone: '12025550142', lid: '174788123316419@lid', name: 'Dana K.' };
const QR = '2@Xk3vQm8aTfYpLr0w,c2hvcA==';

/** Konvert and a bridge that call each other over HTTP. */
let world: World;
let bridge: EvolutionDouble;
let street: Street;
let channelId: string;

beforeEach(async () => {
  street = await startStreet(() => world);
  const fetch: typeof globalThis.fetch = (url, init) => {
    const body =
      typeof init?.body === 'string' ? init.body.replaceAll('https://konvert.example', street.url) : init?.body;
    return globalThis.fetch(url, { ...init, ...(body !== undefined && { body }) });
  };
  world = await createWorld({ fetch });
  bridge = await startEvolution({ clock: createVirtualClock(Date.now()), people: [DANA] });
  const credentials = { serverUrl: bridge.baseUrl, instance: 'shop', apiKey: bridge.instance.token };
  const body = { transport: 'whatsapp', name: 'Shop phone', credentials };
  const connected = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
  expect(connected).toMatchObject({ status: 201, body: { state: 'active' } });
  ({ channelId } = connected.body as { channelId: string });
});

/** After every test no line of the log may hold the key that is in every body, or the code that links a phone. */
afterEach(async () => {
  await Promise.all([world.stop(), bridge.stop(), street.stop()]);
  expect(JSON.stringify(world.logs)).not.toContain(bridge.instance.token);
  expect(JSON.stringify(world.logs)).not.toContain(QR);
});

const get = (path: string, key = world.account.apiKey): Promise<Answer> => world.call('GET', path, { key });
const qr = (of = channelId, key?: string) => get(`/v1/channels/${of}/qr`, key);
const path = `/whatsapp/${DANA.phone}`;
const chat = async () => (await get(`/v1/chats/${channelId}${path}`)).body as { unansweredCount: number };
const lines = async () => {
  const { body } = await get(`/v1/chats/${channelId}${path}/messages`);
  return (body as { messages: { text: string; status: string }[] }).messages;
};

test('a client writes, is answered at the address that they wrote from, and hears that it was read', async () => {
  await bridge.writes(DANA, { conversation: 'Open today?' });
  await world.drain();
  expect(await chat()).toMatchObject({ unansweredCount: 1 });

  const body = { channelId, chatType: 'whatsapp', chatId: DANA.phone, text: 'Until 9' };
  expect(await world.call('POST', '/v3/message', { key: world.account.apiKey, body })).toMatchObject({ status: 201 });
  await world.drain();
  const { key } = bridge.instance.messages.at(-1)!;
  const told = { keyId: key.id, remoteJid: key.remoteJid, fromMe: true, status: 'READ' };
  expect(await bridge.emit('messages.update', told)).toMatchObject({ status: 200 });
  await world.drain();

  expect(key.remoteJid).toBe(DANA.lid);
  expect(await chat()).toMatchObject({ unansweredCount: 0 });
  expect((await lines()).find(({ text }) => text === 'Until 9')).toMatchObject({ status: 'read' });
});

test('our own send that comes back is no line of its own, and does not answer twice', async () => {
  await bridge.writes(DANA, { conversation: 'Open today?' });
  await world.drain();
  const body = { channelId, chatType: 'whatsapp', chatId: DANA.phone, text: 'Until 9' };
  await world.call('POST', '/v3/message', { key: world.account.apiKey, body });
  await world.drain();
  const { MessageUpdate: _, ...sent } = bridge.instance.messages.at(-1)!;

  for (const event of ['messages.upsert', 'send.message']) await bridge.emit(event, sent);
  await world.drain();

  expect(await lines()).toHaveLength(2);
});

test('a bridge may hold a text as long as others hold a file, and it is not sent twice meanwhile', async () => {
  await bridge.writes(DANA, { conversation: 'Open today?' });
  await world.drain();
  bridge.answerNext('POST message/sendText', { status: 201, body: {}, hang: true });
  const body = { channelId, chatType: 'whatsapp', chatId: DANA.phone, text: 'Until 9' };
  await world.call('POST', '/v3/message', { key: world.account.apiKey, body });
  const calls = () => bridge.calls.filter(({ method }) => method === 'POST message/sendText').length;
  const drained = world.drain();
  await expect.poll(calls).toBe(1);

  world.clock.advance(CALL_MS);
  const first = await Promise.race([
    drained.then(() => 'ended'),
    new Promise((resolve) => setTimeout(resolve, 50, 'goes on')),
  ]);
  expect([first, calls()]).toEqual(['goes on', 1]);
  world.clock.advance(FILE_CALL_MS - CALL_MS);
  await drained;
});

test('what the bridge would never repeat after 4xx is answered otherwise, and nothing of it is stored', async () => {
  const url = `${street.url}/webhooks/whatsapp/${channelId}`;
  const post = async (body: string, headers: Record<string, string>) =>
    (await fetch(url, { method: 'POST', headers, body })).status;
  const secret = bridge.instance.webhook?.headers.jwt_key ?? '';
  const known = { jwt_key: secret };

  expect(await post('{}', { authorization: 'Bearer a.b.c' })).toBe(503);
  expect(await post('{"event":', known)).toBe(200);
  expect(await post('[]', known)).toBe(200);
  expect(await post(`"${'x'.repeat(6 * 1024 * 1024)}"`, known)).toBe(200);
  expect(world.logs).toEqual(expect.arrayContaining([expect.objectContaining({ lost: 'TOO_LARGE' })]));
  await world.drain();
  expect(await get(`/v1/chats/${channelId}${path}`)).toMatchObject({ status: 404 });
});

describe('the QR code', () => {
  test('is shown to the account, until the phone has scanned it', async () => {
    Object.assign(bridge.instance, { state: 'close', ownerJid: null, code: null });
    expect(await qr()).toMatchObject({ status: 200, body: { state: 'init' } });

    bridge.instance.code = QR;
    expect((await qr()).body).toEqual({ state: 'qridle', qr: QR });
    await bridge.emit('qrcode.updated', { qrcode: { code: QR } });
    const states = async () =>
      ((await get('/v3/channels')).body as { channelId: string; state: string }[]).find(
        (one) => one.channelId === channelId,
      )?.state;
    expect(await states()).toBe('qridle');

    Object.assign(bridge.instance, { state: 'open', ownerJid: '14155550100@s.whatsapp.net' });
    bridge.clock.pass(1000);
    await bridge.emit('connection.update', { state: 'open', statusReason: 200 });
    expect((await qr()).body).toEqual({ state: 'active' });
    expect(await states()).toBe('active');
  });

  test('is nobody else’s, and a bot has none', async () => {
    const other = await world.addAccount();

    expect(await qr(channelId, other.apiKey)).toMatchObject({ status: 404 });
    expect(await qr(world.channel.channelId)).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } });
    expect(await qr(channelId, 'nobody')).toMatchObject({ status: 401 });
  });

  test('a bridge that does not answer, and one that takes the key no longer, are told apart', async () => {
    bridge.answerNext('GET instance/connect', { status: 502, body: '<html>' });
    expect(await qr()).toMatchObject({ status: 503, body: { error: 'MESSENGER_UNREACHABLE' } });
    const no = { status: 401, error: 'Unauthorized', response: { message: 'Unauthorized' } };
    bridge.answerNext('GET instance/connect', { status: 401, body: no });
    expect(await qr()).toMatchObject({ status: 400, body: { data: { fields: ['credentials.apiKey'] } } });
  });
});
