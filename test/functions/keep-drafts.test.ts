import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/desk-routes';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

const CLIENT = 501;
const NOTHING = { text: '', savedAt: null };
const DAY_MS = 24 * 3_600_000;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'head', 'control', 'norole'].map((id) => ({ id, name: id })));
  await desk.give({ anna: 'seller', boris: 'seller', head: 'manager', control: 'auditor' });
  const contactData = [{ chatType: 'telegram', chatId: String(CLIENT) }];
  await desk.push('contacts', { id: 'c1', name: 'Olga', responsibleUserId: 'anna', contactData });
  await world.say(CLIENT, 'hello');
});

afterEach(() => world.stop());

const pathOf = (chatId: number | string = CLIENT, { channelId } = world.channel) =>
  `/v1/drafts/${channelId}/telegram/${chatId}`;
const get = (user?: string, path = pathOf()) => desk.ask('GET', path, undefined, user);
const put = (body: unknown, user?: string, path = pathOf()) => desk.ask('PUT', path, body, user);
const remove = (user?: string, path = pathOf()) => desk.ask('DELETE', path, undefined, user);

test('a draft is kept, with what it quotes, until it is replaced or dropped', async () => {
  expect((await get('anna')).body).toEqual(NOTHING);
  const draft = { text: 'Dear Olga', quotedMessageId: 'm1' };
  const stored = { ...draft, savedAt: new Date(START).toISOString() };

  expect(await put(draft, 'anna')).toMatchObject({ status: 200, body: stored });
  const { body } = await get('anna');
  expect(body).toEqual(stored);
  expect(contract.storedDraft.parse(body)).toEqual(body);

  world.clock.advance(1_000);
  await put({ text: 'Olga!' }, 'anna');
  expect((await get('anna')).body).toEqual({ text: 'Olga!', savedAt: new Date(START + 1_000).toISOString() });
  expect((await remove('anna')).body).toEqual(NOTHING);
  expect((await get('anna')).body).toEqual(NOTHING);
});

test('an empty draft is none', async () => {
  await put({ text: 'Dear Olga' }, 'anna');

  expect((await put({ text: '' }, 'anna')).body).toEqual(NOTHING);
  expect((await get('anna')).body).toEqual(NOTHING);
});

test.each(['GET', 'DELETE'])('%s does not look at a body, which some clients send with it', async (method) => {
  const headers = { 'konvert-user': 'anna', 'content-encoding': 'gzip' };

  expect(await world.call(method, pathOf(), { key: world.account.apiKey, headers, body: 'x' })).toMatchObject({
    status: 200,
    body: NOTHING,
  });
});

test('it is kept for 90 days', async () => {
  await put({ text: 'Dear Olga' }, 'anna');

  const [item] = world.db.items('pages').filter(({ p }) => String(p).startsWith('draft#'));
  expect(item?.ttl).toBe((START + 90 * DAY_MS) / 1000);
});

test('it is one’s own: nobody else reads it, nor drops it', async () => {
  await put({ text: 'of anna' }, 'anna');
  await put({ text: 'of head' }, 'head');

  expect((await get('control')).body).toEqual(NOTHING);
  await remove('control');
  expect((await get('anna')).body).toMatchObject({ text: 'of anna' });
  expect((await get('head')).body).toMatchObject({ text: 'of head' });
});

test('the CRM itself has none', async () => {
  for (const answer of [await get(), await put({ text: 'x' }), await remove()]) {
    expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
  }
});

describe('there is no draft', () => {
  test.each(['boris', 'norole'])('in a chat that %s does not see (R1)', async (user) => {
    for (const answer of [await get(user), await put({ text: 'x' }, user), await remove(user)]) {
      expect(answer).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
    }
  });

  test('in a chat out of sight by now', async () => {
    await put({ text: 'Dear Olga' }, 'anna');
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });

    expect((await get('anna')).status).toBe(404);
    expect((await get('boris')).body).toEqual(NOTHING);
  });

  test('in a channel of another account with a user of the same id', async () => {
    const other = await world.addAccount();
    const channel = await world.addChannel(other);
    const theirs = deskOf(world, other);
    await theirs.push('users', { id: 'head', name: 'Their head' });
    await theirs.give({ head: 'manager' }, channel);

    expect((await put({ text: 'x' }, 'head', pathOf(777, channel))).status).toBe(404);
  });
});

describe('to somebody who never wrote (R6)', () => {
  beforeEach(async () => {
    const contactData = [{ chatType: 'telegram', chatId: '888' }];
    await desk.push('contacts', { id: 'c2', name: 'Pavel', responsibleUserId: 'boris', contactData });
  });

  test.each([
    ['anna', 777, 200],
    ['head', 777, 200],
    ['control', 777, 404],
    ['norole', 777, 404],
    ['anna', 888, 404],
    ['boris', 888, 200],
    ['head', 888, 200],
  ])('%s, to %i, gets %i', async (user, chatId, status) => {
    expect((await put({ text: 'Hello' }, user, pathOf(chatId))).status).toBe(status);
  });

  test('the draft is that of the chat once it is there', async () => {
    await put({ text: 'Hello' }, 'head', pathOf(777));
    await world.say(777, 'hi');

    expect((await get('head', pathOf(777))).body).toMatchObject({ text: 'Hello' });
  });
});

test.each([
  [{ text: 'x'.repeat(10_001) }, 'text'],
  [{}, 'text'],
  [{ text: 'x', quotedMessageId: 'x'.repeat(257) }, 'quotedMessageId'],
])('%o is 400', async (body, field) => {
  expect(await put(body, 'anna')).toMatchObject({ status: 400, body: { data: { fields: [field] } } });
});
