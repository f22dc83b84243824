import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type GraphDouble, startGraph } from '#test/doubles/graph';
import { escapedJson, signatureOf } from '#test/doubles/graph/webhooks';
import type { Person } from '#test/doubles/graph/world';
import { type Street, startStreet } from '#test/functions/street';
import { type Answer, createWorld, START, type World } from '#test/world';

/** Konvert and a Graph API that call each other over HTTP. */
let world: World;
let graph: GraphDouble;
let street: Street;
let channelId: string;
let connected: Answer;
let dana: Person;

beforeEach(async () => {
  street = await startStreet(() => world);
  // What Konvert calls its own address leads to it.
  const fetch: typeof globalThis.fetch = (url, init) => {
    const body =
      typeof init?.body === 'string' ? init.body.replaceAll('https://konvert.example', street.url) : init?.body;
    return globalThis.fetch(url, { ...init, ...(body !== undefined && { body }) });
  };
  world = await createWorld({ fetch });
  graph = await startGraph({ clock: clockOf(world), requiresProof: true });
  connected = await connect();
  ({ channelId } = connected.body as { channelId: string });
  dana = graph.person({ phone: '12025550142', userId: 'US.70412295513308', name: 'Dana K.' });
});

afterEach(async () => {
  await Promise.all([world.stop(), graph.stop(), street.stop()]);
});

/** Lets the double stand in the time of the world. */
function clockOf({ clock }: World) {
  return { now: clock.now, deadline: (ms: number) => AbortSignal.timeout(ms), pass: (ms: number) => clock.advance(ms) };
}

function connect(more: Record<string, unknown> = {}): Promise<Answer> {
  const { id: phoneNumberId, wabaId } = graph.numbers[0]!;
  const { token, appSecret, baseUrl } = graph;
  const credentials = { phoneNumberId, wabaId, accessToken: token, appSecret, apiBaseUrl: baseUrl, ...more };
  const body = { transport: 'wapi', name: 'Our number', credentials };
  return world.call('POST', '/v1/channels', { key: world.account.apiKey, body });
}

/** Delivers what waits at Meta, twice, and lets Konvert do what follows from it. */
async function deliver(): Promise<void> {
  for (const { status } of await graph.deliver(undefined, { twice: true })) expect(status).toBe(200);
  await world.drain();
}

/** Lets Meta tell something of the number, at the address of its messages. */
function push(lists: Record<string, unknown>): void {
  const { id, wabaId, phone } = graph.numbers[0]!;
  const metadata = { display_phone_number: phone, phone_number_id: id };
  graph.push({ wabaId, numberId: id, field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...lists } });
}

const seconds = (ms: number) => String(Math.floor(ms / 1000));
const path = (chatId: string) => `/v1/chats/${channelId}/whatsapp/${chatId}`;
const get = async <T>(of: string) => (await world.call('GET', of, { key: world.account.apiKey })).body as T;
const chat = (chatId = dana.phone!): Promise<{ isUnanswered?: boolean; unansweredCount: number }> => get(path(chatId));
const history = async (chatId = dana.phone!) =>
  (await get<{ messages: Record<string, unknown>[] }>(`${path(chatId)}/messages`)).messages;

async function reply(text: string): Promise<void> {
  const body = { channelId, chatType: 'whatsapp', chatId: dana.phone, text };
  expect(await world.call('POST', '/v3/message', { key: world.account.apiKey, body })).toMatchObject({ status: 201 });
  await world.drain();
}

describe('a WhatsApp number', () => {
  test('is connected after Meta has asked the address, and the answer says what to type in at Meta', () => {
    expect(connected).toMatchObject({
      status: 201,
      body: {
        transport: 'wapi',
        state: 'active',
        webhookUrl: `https://konvert.example/webhooks/wapi/${channelId}`,
        verifyToken: expect.stringMatching(/^[0-9a-f]{64}$/),
        webhookFields: expect.arrayContaining(['messages', 'smb_message_echoes', 'history']),
      },
    });
    expect(graph.webhookUrl).toBe(`${street.url}/webhooks/wapi/${channelId}`);
  });

  test('that Meta refuses is not connected, and the field is named', async () => {
    const { status, body } = await connect({ appSecret: 'the-secret-of-another-app' });

    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'CREDENTIALS_REFUSED' });
    expect(JSON.stringify(body)).toContain('credentials.appSecret');
  });

  test('gets a message once, however often it is delivered', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'Café open today? https://konvert.example/a' } });

    await deliver();

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    expect(await history()).toMatchObject([{ text: 'Café open today? https://konvert.example/a' }]);
  });

  test('answers, and hears what became of it', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'Open today?' } });
    await deliver();
    world.clock.advance(5_000);

    await reply('Yes');
    const { wamid } = graph.taken[0]!;
    graph.tell(wamid, 'read');
    graph.tell(wamid, 'delivered');
    await deliver();

    expect(await chat()).toMatchObject({ unansweredCount: 0 });
    expect((await history()).at(-1)).toMatchObject({ text: 'Yes', status: 'read' });
  });

  test('hears that an answer failed, and the client waits again', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'Open today?' } });
    await deliver();
    world.clock.advance(5_000);
    await reply('Yes');

    graph.tell(graph.taken[0]!.wamid, 'failed', 131026);
    await deliver();

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });

  test('is answered on the phone', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'Open today?' } });
    world.clock.advance(60_000);
    const echo = { to: dana.phone, to_user_id: dana.userId, id: 'wamid.E1==', timestamp: seconds(world.clock.now()) };
    push({ message_echoes: [{ ...echo, type: 'text', text: { body: 'Yes, until 9 pm' } }] });

    await deliver();

    expect(await chat()).toMatchObject({ unansweredCount: 0 });
    expect(await history()).toMatchObject([{ text: 'Open today?' }, { text: 'Yes, until 9 pm', isEcho: true }]);
  });

  test('gets a file, and keeps it', async () => {
    const bytes = Buffer.from('%PDF-1.7 act');
    graph.sendsFile(dana, 'document', 'application/pdf', bytes, { filename: 'act.pdf', caption: 'signed' });
    await deliver();

    const [message] = await history();

    expect(message).toMatchObject({
      type: 'document',
      text: 'signed',
      contentUri: expect.stringContaining('/act.pdf'),
    });
    const answer = await world.call('GET', new URL(String(message?.contentUri)).pathname);
    expect(answer).toMatchObject({ status: 200, text: bytes.toString() });
  });

  test('may write to somebody who has spoken to a program meanwhile', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'hello' } });
    await deliver();
    world.clock.advance(30 * 3_600_000);
    const said = { from: dana.phone, id: 'wamid.S1==', timestamp: seconds(world.clock.now()) };
    const metadata = { phone_number_id: graph.numbers[0]!.id };
    const value = { metadata, standby: { messages: [{ ...said, type: 'text', text: { body: 'and now?' } }] } };
    const bytes = escapedJson({
      object: 'whatsapp_business_account',
      entry: [{ changes: [{ field: 'standby', value }] }],
    });
    const headers = { 'x-hub-signature-256': signatureOf(graph.appSecret, bytes) };
    expect(await world.call('POST', `/webhooks/wapi/${channelId}`, { headers, body: bytes })).toMatchObject({
      status: 200,
    });
    await world.drain();

    await reply('Yes');

    expect(graph.taken).toMatchObject([{ body: { text: { body: 'Yes' } } }]);
    expect((await history()).find(({ text }) => text === 'and now?')).toMatchObject({ isStandby: true });
  });

  test('gets many messages of many people in one body', async () => {
    const people = Array.from({ length: 40 }, (_, n) =>
      graph.person({ phone: `120255502${String(n).padStart(2, '0')}` }),
    );
    for (const person of people) graph.writes(person, { type: 'text', text: { body: 'hello' } });

    await deliver();

    for (const { phone } of people) expect(await chat(phone)).toMatchObject({ unansweredCount: 1 });
  });

  test('refuses what nobody at Meta has signed', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'hello' } });
    const forged = { object: 'whatsapp_business_account', entry: [] };

    const answer = await world.call('POST', `/webhooks/wapi/${channelId}`, {
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      body: forged,
    });

    expect(answer.status).toBe(401);
  });

  test('gets a new secret, with which Meta asks the address again', async () => {
    const { verifyToken } = connected.body as { verifyToken: string };

    const path = `/v1/channels/${channelId}/webhook-secret`;
    const { status, body } = await world.call('POST', path, { key: world.account.apiKey });

    expect(status).toBe(200);
    expect(body).toMatchObject({ verifyToken: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((body as { verifyToken: string }).verifyToken).not.toBe(verifyToken);
    graph.writes(dana, { type: 'text', text: { body: 'hello' } });
    await deliver();
    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });

  test('that is deleted gives its address back', async () => {
    await world.call('DELETE', `/v1/channels/${channelId}`, { key: world.account.apiKey });

    expect(graph.webhookUrl).toBeUndefined();
  });
});

test('U6 a missed call makes the chat unanswered', async () => {
  const call = { id: 'wacid.C1==', event: 'terminate', direction: 'USER_INITIATED', status: 'FAILED' };
  push({ calls: [{ ...call, from: dana.phone, from_user_id: dana.userId, timestamp: seconds(START) }] });

  await deliver();

  expect(await chat()).toMatchObject({ unansweredCount: 1 });
  expect(await history()).toMatchObject([{ type: 'missing_call' }]);
});

describe('one person with several ids', () => {
  let last = 0;
  const by = (fields: Record<string, unknown>) => ({
    id: `wamid.B${++last}==`,
    timestamp: seconds(world.clock.now()),
    ...fields,
  });
  const text = (body: string) => ({ type: 'text', text: { body } });
  const chats = async () =>
    (await get<{ chats: { channelId: string; chatId: string }[] }>('/v1/chats')).chats.filter(
      (one) => one.channelId === channelId,
    );

  test('has one chat, also when the number is hidden from then on', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'hello' } });
    await deliver();
    world.clock.advance(20_000);
    push({ messages: [by({ from_user_id: dana.userId, ...text('it is me') })] });

    await deliver();

    expect(await chats()).toMatchObject([{ chatId: dana.phone }]);
    expect(await history()).toMatchObject([{ text: 'hello' }, { text: 'it is me' }]);
  });

  test('has one chat, also if the number is told later', async () => {
    push({ messages: [by({ from_user_id: dana.userId, ...text('hello') })] });
    await deliver();
    world.clock.advance(20_000);
    graph.writes(dana, { type: 'text', text: { body: 'it is me' } });

    await deliver();

    expect(await chats()).toMatchObject([{ chatId: dana.userId }]);
  });

  test('gives the number that WhatsApp asked for, and is known by it from then on', async () => {
    push({ messages: [by({ from_user_id: dana.userId, ...text('hello') })] });
    await deliver();
    world.clock.advance(20_000);
    const contacts = [{ origin: 'contact_request', phones: [{ phone: `+${dana.phone}`, wa_id: dana.phone }] }];
    push({ messages: [by({ from_user_id: dana.userId, type: 'contacts', contacts })] });
    await deliver();
    world.clock.advance(20_000);
    push({ messages: [by({ from: dana.phone, ...text('by number') })] });

    await deliver();

    expect(await chats()).toMatchObject([{ chatId: dana.userId }]);
    expect((await history(dana.userId)).map(({ type, text }) => [type, text])).toEqual([
      ['text', 'hello'],
      ['vcard', `+${dana.phone}`],
      ['system', `+${dana.phone}`],
      ['text', 'by number'],
    ]);
  });

  test('stays the same with another number', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'hello' } });
    await deliver();
    world.clock.advance(20_000);
    const system = {
      type: 'user_changed_number',
      wa_id: '12025550177',
      user_id: 'US.2',
      previous_user_id: dana.userId,
      body: 'Dana changed',
    };
    push({ messages: [by({ from: dana.phone, type: 'system', system })] });
    await deliver();
    world.clock.advance(20_000);
    push({ messages: [by({ from: '12025550177', from_user_id: 'US.2', ...text('my new number') })] });

    await deliver();

    expect(await chats()).toMatchObject([{ chatId: dana.phone }]);
    expect((await history()).map(({ text }) => text)).toEqual(['hello', 'Dana changed', 'my new number']);
  });
});
