import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskOf } from '#test/functions/company';
import { type Account, type ConnectedChannel, createWorld, messageOf, OPERATOR_KEY, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

const ask = (method: string, path: string) => world.call(method, path, { key: world.account.apiKey });
const erase = (chatId: number) => ask('DELETE', `/v1/people/telegram/${chatId}`);

/** Lets the erasure end, and answers with its report. */
async function ended(erasureId: string) {
  for (const ms of [0, 12_000, 120_000]) await world.pass(ms);
  return (await ask('GET', `/v1/erasures/${erasureId}`)).body;
}

test('E4: a person is gone from the answer on, and what they write afterwards is a new client’s', async () => {
  await world.say(7, 'The old words');
  await world.say(8, 'Somebody else');
  world.clock.advance(60_000);

  const answer = await erase(7);

  expect(answer).toMatchObject({ status: 202, body: { erasureId: expect.any(String) } });
  expect((await world.chats()).chats.map(({ chatId }) => chatId)).toEqual(['8']);
  const { erasureId } = answer.body as { erasureId: string };
  expect(await ended(erasureId)).toMatchObject({ state: 'done', kind: 'person', erased: { chats: 1, messages: 1 } });
  expect(JSON.stringify([...world.db.items('messages')])).not.toContain('The old words');
  await world.say(7, 'The new words');
  expect((await world.history(7)).messages.map(({ text }) => text)).toEqual(['The new words']);
});

test('a person of whom nothing is stored is a 404', async () => {
  expect(await erase(9)).toMatchObject({ status: 404, body: { error: 'PERSON_NOT_FOUND' } });
});

test('E2: what a messenger delivers once more stays erased, and is told to nobody', async () => {
  const at = world.clock.now();
  await world.say(7, 'The old words', { id: 100, at });
  world.clock.advance(60_000);
  const { erasureId } = (await erase(7)).body as { erasureId: string };
  await ended(erasureId);

  await world.say(7, 'The old words', { id: 100, at });
  await world.say(7, 'The new words', { id: 101 });
  await world.pass(0);

  expect((await world.history(7)).messages.map(({ text }) => text)).toEqual(['The new words']);
  expect(JSON.stringify(['messages', 'chats', 'outbox'].map((id) => world.db.items(id)))).not.toContain(
    'The old words',
  );
  expect(world.db.items('messages').map(({ c, k }) => [c, k])).toHaveLength(1);
});

test('E2: so does an edit that comes with it', async () => {
  const at = world.clock.now();
  await world.say(7, 'The old words', { id: 100, at });
  world.clock.advance(60_000);
  await ended(((await erase(7)).body as { erasureId: string }).erasureId);

  // Of a message that is not there, an edit brings the message as well.
  const edit_date = Math.floor(world.clock.now() / 1000);
  const edited_message = { ...messageOf(7, 'Other words', 100, at), edit_date };
  await world.webhook({ update_id: 500, edited_message });
  await world.drain();
  await world.pass(61_000);

  expect(world.db.items('messages')).toEqual([]);
});

test('so does what was said just before the request, though the messenger’s clock is not ours', async () => {
  const at = world.clock.now();
  await world.say(7, 'The last words', { id: 100, at });
  const { erasureId } = (await erase(7)).body as { erasureId: string };
  await world.say(7, 'Right after it', { id: 101, at });
  await ended(erasureId);
  await world.say(7, 'The last words', { id: 100, at });
  await world.pass(0);

  expect((await world.history(7)).messages.map(({ text }) => text)).toEqual(['Right after it']);
  expect((await world.chats()).chats.map(({ preview }) => preview)).toEqual(['Right after it']);
});

test('a second request is answered with the erasure that is under way', async () => {
  await world.say(7, 'Hello');

  const [one, other] = await Promise.all([erase(7), erase(7)]);

  expect(other).toEqual({ ...one, headers: other.headers });
  expect((await erase(7)).body).toEqual(one.body);
  await ended((one.body as { erasureId: string }).erasureId);
  expect((await erase(7)).status).toBe(404);
});

test('behind what is reported no longer there are no erasures', async () => {
  const after = Buffer.from('"1"').toString('base64url');

  expect(await ask('GET', `/v1/erasures?after=${after}`)).toMatchObject({
    status: 200,
    body: { erasures: [], next: null },
  });
});

test('E1: their id goes from contacts that a CRM has beside theirs, and who else is in one stays', async () => {
  const desk = deskOf(world);
  await desk.push('users', { id: 'anna', name: 'Anna' });
  const card = (id: string, ...ids: string[]) => ({
    id,
    name: `Contact ${id}`,
    responsibleUserId: 'anna',
    contactData: ids.map((chatId) => ({ chatType: 'telegram', chatId })),
  });
  await world.say(7, 'Hello');
  // Whose card was pushed last has the id.
  await desk.push('contacts', card('shared', '7', '8'), card('earlier', '7'));
  await desk.push('contacts', card('last', '7'), card('other', '9'));
  await desk.push('deals', { id: 'd', name: 'Doors', closed: false, contacts: ['earlier'], responsibleUserId: 'anna' });
  world.clock.advance(60_000);

  const { erasureId } = (await erase(7)).body as { erasureId: string };

  expect(await ended(erasureId)).toMatchObject({ state: 'done', erased: { contacts: 2, deals: 1 } });
  const { data } = (await ask('GET', '/v3/contacts')).body as { data: unknown[] };
  expect(data).toMatchObject([card('other', '9'), card('shared', '8')]);
});

test('E3: runs that break off anywhere go on, and nothing is left in the end', async () => {
  for (let id = 1; id <= 30; id += 1) await world.say(7, `Words ${id}`, { id });
  world.clock.advance(60_000);
  const { erasureId } = (await erase(7)).body as { erasureId: string };
  let left = 3;
  world.failing = ({ kind }) => kind === 'DeleteCommand' && --left % 4 === 0;
  const minute = async () => {
    await world.pass(60_000);
    await world.app.listeners['sweep-lanes']();
    await world.pass(0);
  };
  for (let minutes = 0; minutes < 5; minutes += 1) await minute().catch(() => undefined);
  world.failing = undefined;
  for (let minutes = 0; minutes < 5; minutes += 1) await minute();

  expect((await ask('GET', `/v1/erasures/${erasureId}`)).body).toMatchObject({ state: 'done' });
  expect(world.db.items('messages')).toEqual([]);
  expect(world.db.items('outbox').filter(({ task }) => task !== undefined)).toEqual([]);
});

/** Lets a company know client 7, by a contact, in rows of what waits and of what pages hold. */
async function know(account: Account, channel: ConnectedChannel): Promise<void> {
  const desk = deskOf(world, account);
  await desk.push('users', { id: 'anna', name: 'Anna' });
  await desk.give({ anna: 'manager' }, channel);
  const contactData = [{ chatType: 'telegram', chatId: '7' }];
  await desk.push('contacts', { id: 'c-1', name: 'Olga', responsibleUserId: 'anna', contactData });
  await world.say(7, 'Hello', { channel });
  const { channelId } = channel;
  const draft = await desk.ask('PUT', `/v1/drafts/${channelId}/telegram/7`, { text: 'Not sent' }, 'anna');
  const body = { channelId, chatType: 'telegram', chatId: '7', text: 'Our answer' };
  const replied = await desk.ask('POST', '/v3/message', body, 'anna');
  const card = { scope: 'card', filter: [{ chatType: 'telegram', chatId: '7', name: 'Olga' }] };
  const link = await desk.ask('POST', '/v3/iframe', { user: { id: 'anna', name: 'Anna' }, ...card });
  expect([draft.status, replied.status, link.status]).toEqual([200, 201, 200]);
}

test('I6 a company that knows the same person, by the same ids, keeps all that it has', async () => {
  const other = await world.addAccount();
  const channel = await world.addChannel(other);
  await know(world.account, world.channel);
  await know(other, channel);
  // While it is disabled nothing leaves, so its reply is stored among what waits.
  await world.call('PATCH', `/v1/accounts/${other.accountId}`, { key: OPERATOR_KEY, body: { enabled: false } });
  const theirs = [other.accountId, channel.channelId];
  const stored = () =>
    ['messages', 'addresses', 'directory', 'outbox', 'pages']
      .flatMap((id) => world.db.items(id).map((item) => JSON.stringify([id, item])))
      .filter((row) => theirs.some((mark) => row.includes(mark)) && !row.includes('task#place'));
  await world.pass(60_000);
  const before = stored();
  expect(before.join()).toContain(`reply#${channel.channelId}#telegram#7`);

  const { erasureId } = (await erase(7)).body as { erasureId: string };
  expect(await ended(erasureId)).toMatchObject({ state: 'done' });

  const after = stored();
  expect(before.filter((row) => !after.includes(row))).toEqual([]);
});
