import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodies, signature, TOKEN } from '#test/channels/meta/pages';
import { type PagesDouble, startPages } from '#test/doubles/graph-pages';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { createWorld, type MessageListAnswer, START, type World } from '#test/world';

const CLIENT = '5500112233445566';
const IG = '17840000000000777';
const HOUR = 3_600_000;
const { body, item } = bodies('instagram', IG);
const clock = createVirtualClock(START);

let world: World;
let pages: PagesDouble;
let channelId: string;

beforeAll(async () => {
  pages = await startPages({ object: 'instagram', clock });
  pages.meta.humanAgents.add(IG);
  pages.writer(CLIENT);
  world = await createWorld();
  const credentials = {
    igId: IG,
    accessToken: TOKEN,
    appSecret: pages.meta.appSecret,
    humanAgent: true,
    apiBaseUrl: pages.baseUrl,
  };
  const made = { transport: 'instagram', name: 'Our Instagram', credentials, setWebhook: false };
  const answer = await world.call('POST', '/v1/channels', { key: world.account.apiKey, body: made });
  channelId = (answer.body as { channelId: string }).channelId;
});

afterAll(async () => {
  await world.stop();
  await pages.stop();
});

/** Hands something of the conversation over, as Instagram does. */
async function hear(fields: Record<string, unknown>, isOwn = false): Promise<void> {
  const sent = JSON.stringify(body('messaging', { ...item(fields, isOwn), timestamp: clock.now() }));
  const headers = { 'x-hub-signature-256': signature(Buffer.from(sent), pages.meta.appSecret) };
  const answer = await world.call('POST', `/webhooks/instagram/${channelId}`, { headers, body: sent });
  expect(answer.status).toBe(200);
  await world.drain();
}

async function pass(ms: number): Promise<void> {
  clock.pass(ms);
  await world.pass(ms);
}

async function clientWrites(mid: string): Promise<void> {
  pages.meta.writers[0]!.wroteAt = clock.now();
  await hear({ message: { mid, text: 'Hi' } });
}

const echo = (mid: string, fields: Record<string, unknown> = {}) =>
  hear({ message: { mid, is_echo: true, text: 'Yes', ...fields } }, true);

async function reply(): Promise<void> {
  const sent = { channelId, chatType: 'instagram', chatId: CLIENT, text: 'Yes' };
  const answer = await world.call('POST', '/v3/message', { key: world.account.apiKey, body: sent });
  expect(answer.status).toBe(201);
  await world.drain();
}

async function lines(): Promise<[string | undefined, string | undefined][]> {
  const path = `/v1/chats/${channelId}/instagram/${CLIENT}/messages`;
  const answer = await world.call('GET', path, { key: world.account.apiKey });
  return (answer.body as MessageListAnswer).messages.map(({ text, status }) => [text, status]);
}

async function unansweredCount(): Promise<number | undefined> {
  const answer = await world.call('GET', '/v1/chats', { key: world.account.apiKey });
  const { chats } = answer.body as { chats: readonly { chatId: string; unansweredCount: number }[] };
  return chats.find(({ chatId }) => chatId === CLIENT)?.unansweredCount;
}

test('our own send that comes back is one line, whether it comes before or after the answer', async () => {
  await clientWrites('in1');
  await reply();
  await echo(pages.taken[0]!.mid, { app_id: 77001122334 });
  expect((await lines()).map(([text]) => text).sort()).toEqual(['Hi', 'Yes']);

  await pass(10_000);
  await clientWrites('in2');
  pages.answerNext('POST messages', { status: 200, body: { recipient_id: CLIENT, message_id: 'early' } });
  await echo('early', { app_id: 77001122334 });
  await reply();
  expect((await lines()).map(([text]) => text).sort()).toEqual(['Hi', 'Hi', 'Yes', 'Yes']);
});

test('what was read is told by the message', async () => {
  await hear({ read: { mid: 'early' } });

  expect((await lines()).map(([, status]) => status)).toContain('read');
});

test('what a machine wrote answers nothing, and what a person wrote in the app of Instagram does', async () => {
  await pass(10_000);
  await clientWrites('in3');
  await pass(10_000);
  await echo('bot1', { app_id: 517793 });
  expect(await unansweredCount()).toBe(1);

  await echo('phone1');
  expect(await unansweredCount()).toBe(0);
});

test('after a day a reply leaves as that of a person, and after seven it fails', async () => {
  await clientWrites('in4');
  await pass(25 * HOUR);
  await reply();
  expect(pages.taken.at(-1)?.body).toMatchObject({ tag: 'HUMAN_AGENT' });

  await pass(6 * 24 * HOUR);
  await reply();
  expect((await lines()).map(([, status]) => status)).toContain('error');
});
