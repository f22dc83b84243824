import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import { tables } from '#lib/tables';
import { fileKey } from '#media/file-key';
import { transact } from '#store/dynamo/transaction';
import { createTasks, type Task } from '#store/outbox/tasks';
import { answer } from '#test/calls/receiver-double';
import { type Desk, deskOf } from '#test/functions/company';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import { WAITING } from '#test/functions/waits-world';
import { messageOf } from '#test/world';

const CLIENT = 70_077_007;
const OTHER = 80_088_008;
const PHONE = '79995550077';
/** Everything that is this person's alone. The bytes of a file are looked for as they are. */
const WORDS = {
  text: 'sesquipedalian-tortoise',
  caption: 'подпись-к-снимку',
  edited: 'rewritten-armadillo',
  name: 'Аполлинария',
  username: 'apollinaria_unique',
  fileName: 'passport-of-apollinaria',
  bytes: 'GIF89a bytes-of-the-passport',
  chatId: String(CLIENT),
  phone: PHONE,
  contact: 'Контакт-Аполлинарии',
  deal: 'Дверь-для-Аполлинарии',
  closedDeal: 'Замок-для-Аполлинарии',
  draft: 'draft-for-her-only',
  reply: 'answer-to-her-only',
  reason: 'reason-about-her-only',
  /** The hash of her chat, which is as good as a phone to who tries them all. It is known when the channel is. */
  hash: 'no hash is known yet',
};

let events: EventWorld;
let desk: Desk;
let path: string;
let fileUris: string[];
let erasureId: string;
/** What is stored before and after the erasure, and what was said of the person in logs, answers and events by then. */
let before: string;
let waitsBefore: number;
let after: string;
let told: { readonly calls: number; readonly logs: number };

/** All ways in which a text may be written. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  // In base64 a text looks in three ways, by its place. Its ends depend on what stands around it.
  const based = [0, 1, 2].map((pad) =>
    Buffer.concat([Buffer.alloc(pad), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const urls = based.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'));
  return [
    ...new Set([text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1), escaped(text), ...based, ...urls]),
  ];
}

function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The kinds of words that stand in a text. */
function foundIn(text: string): string[] {
  return Object.entries(WORDS)
    .filter(([, word]) => spellings(word).some((one) => text.includes(one)))
    .map(([kind]) => kind);
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return [...value];
  return value;
}

function stored(): string {
  const all = Object.keys(tables).map((id) => [id, events.world.db.items(id)]);
  return JSON.stringify(all, (_key, value) => plain(value));
}

const call = (method: string, route: string, body?: unknown, user?: string) => desk.ask(method, route, body, user);
const post = (body: object, user = 'anna') => call('POST', '/v3/message', { ...chat(), ...body }, user);
const chat = () => ({ channelId: events.world.channel.channelId, chatType: 'telegram', chatId: WORDS.chatId });

async function hears(id: number, more: object): Promise<void> {
  const { world } = events;
  world.clock.advance(1_000);
  const from = { id: CLIENT, is_bot: false, first_name: WORDS.name, username: WORDS.username };
  const base = messageOf(CLIENT, '', id, world.clock.now());
  const { text: _, ...message } = { ...base, from, chat: { ...from, type: 'private' }, ...more } as { text?: string };
  const said = 'text' in more ? { ...message, text: more.text } : message;
  const update = 'edit_date' in more ? { edited_message: said } : { message: said };
  expect((await world.webhook({ update_id: id + Number('edit_date' in more) * 1000, ...update })).status).toBe(200);
  await world.drain();
}

/** The company lives with the person until it has something of them wherever there can be something. */
async function live(): Promise<void> {
  const { world, receiver } = events;
  await desk.push('users', { id: 'anna', name: 'Anna' }, { id: 'head', name: 'Head' });
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
  await desk.give({ anna: 'seller with switch', head: 'manager' });
  await world.say(OTHER, 'somebody else entirely', { id: 1 });
  world.bot.files.set('photo', Buffer.from(WORDS.bytes));
  await hears(10, { text: WORDS.text });
  const document = {
    file_id: 'photo',
    file_unique_id: 'u',
    file_name: `${WORDS.fileName}.gif`,
    mime_type: 'image/gif',
  };
  await hears(11, { document, caption: WORDS.caption });
  await hears(10, { text: WORDS.edited, edit_date: Math.floor(world.clock.now() / 1000) + 1 });
  await desk.push('contacts', {
    id: 'c-77',
    name: WORDS.contact,
    responsibleUserId: 'anna',
    contactData: [
      { chatType: 'telegram', chatId: WORDS.chatId },
      { chatType: 'whatsapp', chatId: PHONE },
      { chatType: 'telegram', username: WORDS.username },
    ],
  });
  const deal = { responsibleUserId: 'head', contacts: ['c-77'], uri: `https://crm.example/${WORDS.contact}` };
  await desk.push('deals', { id: 'd-1', name: WORDS.deal, closed: false, ...deal });
  await desk.push('deals', { id: 'd-2', name: WORDS.closedDeal, closed: true, ...deal });
  await world.drain();
  expect((await post({ text: WORDS.reply, crmMessageId: 'crm-1' })).status).toBe(201);
  await world.drain();
  await call('PUT', `${path}/no-reply-needed`, { noReplyNeeded: true, reason: WORDS.reason, seenUpTo: await seen() });
  await call('PUT', path.replace('/v1/chats', '/v1/drafts'), { text: WORDS.draft }, 'anna');
  await call('PUT', `${path}/responsible`, { userId: 'head' });
  await call('POST', `${path}/deals`, {}, 'anna');
  const card = { scope: 'card', filter: [{ chatType: 'telegram', chatId: WORDS.chatId, name: WORDS.name }] };
  await call('POST', '/v3/iframe', { user: { id: 'anna' }, ...card });
  await world.openPage({ as: 'anna' });
  world.bot.answerNext('sendMessage', { status: 403, body: { ok: false, error_code: 403, description: 'blocked' } });
  // The client is the head's by now.
  expect((await post({ text: `${WORDS.reply} refused` }, 'head')).status).toBe(201);
  await world.drain();
  world.clock.advance(60_000);
  // Now nothing leaves any more, and what waits stays.
  receiver.rule = () => answer(500);
  await hears(12, { text: `${WORDS.text} once more` });
  await waitsTooLong();
}

/** She waits too long, while nobody is on. Somebody else has been answered. */
async function waitsTooLong(): Promise<void> {
  const { world } = events;
  expect((await post({ chatId: String(OTHER), text: 'Yes, we are.' }, 'head')).status).toBe(201);
  await world.drain();
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'head', role: 'manager', allowGetNewClients: false },
  ];
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
  const waiting = { ...WAITING, returnAfterMinutes: 2, tellHeadsAfterMinutes: 600 };
  const settings = `/v1/settings/channels/${world.channel.channelId}`;
  expect((await call('PUT', settings, { newClients, userRoles, waiting })).status).toBe(200);
  await world.drain();
  await call('PUT', '/v1/users/anna/status', { status: 'away' });
  for (let minute = 0; minute < 5; minute += 1) {
    await world.app.listeners['sweep-lanes']();
    await world.pass(61_000);
  }
  // What is done in a moment, as a process leaves it that died.
  const left: readonly Task[] = [
    { kind: 'wait', chatKey: chatKey(chat()) },
    { kind: 'recount', chat: chatKey(chat()), from: '0' },
  ];
  const tasks = createTasks(world.deps);
  await transact(
    world.deps.client,
    left.map((task) => tasks.write(task, 3_600_000)),
  );
}

/** The rows of waits, each with the place in which it stands. */
function waits(): unknown[] {
  return events.world.db.items('waits').filter(({ how }) => how !== undefined);
}

async function seen(): Promise<string> {
  const { seenUpTo } = (await call('GET', `${path}/messages`)).body as { seenUpTo: string };
  return seenUpTo;
}

beforeAll(async () => {
  events = await createEventWorld();
  desk = deskOf(events.world);
  WORDS.hash = shortHash(chatKey(chat()));
  path = events.world.pathOf(CLIENT);
  await live();
  before = stored();
  waitsBefore = waits().length;
  const files = events.world.db.items('files');
  fileUris = files.map(({ key, f, account, storedAt, name }) =>
    String(
      key ??
        fileKey({
          direction: 'in',
          account: String(account),
          at: Number(storedAt),
          file: String(f),
          name: String(name),
        }),
    ),
  );
  const erased = await call('DELETE', `/v1/people/whatsapp/+${PHONE}`);
  expect(erased.status).toBe(202);
  ({ erasureId } = erased.body as { erasureId: string });
  told = { calls: events.receiver.calls.length, logs: events.world.logs.length };
});

afterAll(() => events.stop());

test('E1, E5: the company knew all of it', () => {
  const { bytes: _, ...words } = WORDS;
  expect(foundIn(before).sort()).toEqual(Object.keys(words).sort());
  expect(fileUris).toHaveLength(1);
  expect(before).toContain(`task#wait#${chatKey(chat())}`);
  expect(waitsBefore).toBeGreaterThan(1);
});

describe('from the answer on', () => {
  test.each([
    ['GET', '/v1/chats?limit=100'],
    ['GET', '/v1/chats?view=unanswered'],
    ['GET', `/v1/chats?find=${CLIENT}`],
    ['GET', `/v1/chats?find=${PHONE}`],
    ['GET', `/v1/chats?find=${WORDS.username}`],
    ['GET', `/v1/chats?find=${encodeURIComponent(WORDS.name)}`],
    ['GET', '/v3/contacts'],
    ['GET', '/v3/contacts/c-77'],
    ['GET', '/v3/unanswered/anna'],
  ])('%s %s tells nothing of the person', async (method, route) => {
    const { text } = await call(method, route);

    expect(foundIn(text)).toEqual([]);
  });

  test.each(['', '/messages', '/deals'])('the chat itself is a 404: %s', async (part) => {
    expect((await call('GET', `${path}${part}`, undefined, 'head')).status).toBe(404);
  });
});

describe('when the erasure is done', () => {
  beforeAll(async () => {
    for (const ms of [0, 12_000, 120_000]) await events.world.pass(ms);
    after = stored();
  });

  test('it says so, and how much there was', async () => {
    expect((await call('GET', `/v1/erasures/${erasureId}`)).body).toMatchObject({
      state: 'done',
      erased: { chats: 1, messages: 7, files: 1, contacts: 1, deals: 2 },
    });
  });

  test.each(Object.keys(tables))('no row of %s holds any of it', (id) => {
    const rows = events.world.db.items(id).map((item) => JSON.stringify(item, (_key, value) => plain(value)));

    expect(rows.filter((row) => foundIn(row).length > 0)).toEqual([]);
    expect(after).toContain('somebody else entirely');
  });

  test('of the waits only that of somebody else is left', () => {
    expect(waits()).toEqual([expect.objectContaining({ user: 'head' })]);
  });

  test('the bytes are gone', async () => {
    for (const key of fileUris) expect(await events.world.blobs.get(key)).toBeUndefined();
  });

  test('no line of the log has any of it', () => {
    expect(foundIn(JSON.stringify(events.world.logs))).toEqual([]);
    expect(events.world.logs.length).toBeGreaterThan(told.logs);
  });

  test.each([
    '/v1/chats?limit=100',
    `/v1/chats?find=${CLIENT}`,
    '/v3/contacts',
    '/v3/deals',
    '/v1/deliveries',
    '/v1/deliveries?state=pending',
    '/v1/assignments',
    '/v1/health',
    '/v1/audit',
    '/v1/erasures',
    '/v1/webhooks/answers',
  ])('no answer of %s has any of it', async (route) => {
    const { status, text } = await call('GET', route);

    expect(status).toBe(200);
    expect(foundIn(text)).toEqual([]);
  });

  test('what the receiver is told when it is back is of others', async () => {
    events.receiver.rule = () => answer(200);
    await events.world.say(OTHER, 'and something more', { id: 2 });
    await events.world.pass(1_000_000);

    const sent = events.receiver.calls.slice(told.calls).map(({ raw }) => raw);
    expect(sent.join()).toContain('and something more');
    expect(foundIn(sent.slice(-1).join())).toEqual([]);
  });

  test('who writes again is a new client, with a contact of their own', async () => {
    await hears(20, { text: 'Hello, it is me' });
    await events.world.pass(0);

    expect((await events.world.history(CLIENT)).messages.map(({ text }) => text)).toEqual(['Hello, it is me']);
    expect(await events.world.chat(CLIENT)).toMatchObject({ unansweredCount: 1, contactId: null });
  });
});
