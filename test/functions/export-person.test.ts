import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import type { exportPage } from '#api/export-routes';
import { type ConnectedNumber, createSharedWorld, type SharedWorld, said } from '#test/functions/shared-address';
import type { Answer, World } from '#test/world';

type Page = z.infer<typeof exportPage>;

const PHONE = { chatType: 'whatsapp', chatId: '491510001' };
const USER = { chatType: 'whatsapp', chatId: 'DE.13491208655302741918' };
const LATER_MS = 20_000;

let shared: SharedWorld;
let world: World;
let second: ConnectedNumber;

beforeEach(async () => {
  shared = await createSharedWorld();
  world = shared.world;
  second = await shared.connect('number-2');
});

afterEach(() => world.stop());

async function write(providerId: string, to = shared.number, ids = [PHONE, USER], more = {}): Promise<void> {
  world.clock.advance(1_000);
  const line = said('', providerId, { ids: ids as never, time: world.clock.now(), ...more });
  expect((await shared.post([line], { to })).status).toBe(200);
  await world.drain();
}

function ask(path = `whatsapp/${PHONE.chatId}`, after?: string | null): Promise<Answer> {
  const query = after ? `?after=${after}` : '';
  return world.call('GET', `/v1/people/${path}${query}`, { key: world.account.apiKey });
}

/** All pages of the export. `meanwhile` runs after each. */
async function pages(
  path?: string,
  meanwhile: (page: number) => Promise<void> = async () => undefined,
): Promise<Page[]> {
  const found: Page[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { status, body } = await ask(path, after);
    expect(status).toBe(200);
    found.push(body as Page);
    after = (body as Page).next;
    await meanwhile(found.length);
  }
  return found;
}

const textsOf = (found: readonly Page[]) => found.flatMap(({ messages }) => messages.map(({ text }) => text)).sort();

test('holds what was played: of two channels, by each id, answered, refused, imported, and what waits', async () => {
  await world.call('POST', '/v3/contacts', {
    key: world.account.apiKey,
    body: [{ id: '1', name: 'Known', responsibleUserId: '7', contactData: [PHONE] }],
  });
  const deal = { id: 'd1', name: 'Doors', responsibleUserId: '7', contacts: ['1'], closed: true };
  await world.call('POST', '/v3/deals', { key: world.account.apiKey, body: [deal] });
  await write('a1');
  await write('a2', second, [PHONE]);
  await write('past', second, [PHONE], { opens: false, history: true });
  await write('other', shared.number, [{ chatType: 'whatsapp', chatId: '491519999' }]);
  world.clock.advance(LATER_MS);
  await write('a3', shared.number, [USER]);
  shared.sends(() => ({ kind: 'refused', refusal: { code: '131000', description: 'Not today', reason: 'OTHER' } }));
  const reply = { ...PHONE, channelId: shared.number.channelId, text: 'refused answer' };
  await world.call('POST', '/v3/message', { key: world.account.apiKey, body: reply });
  await world.drain();
  await world.call('POST', '/v3/message', { key: world.account.apiKey, body: { ...reply, text: 'waiting answer' } });

  const [first, ...rest] = await pages();

  expect(rest).toEqual([]);
  expect(first!.person).toMatchObject({
    ...PHONE,
    contacts: [{ id: '1', name: 'Known', responsibleUserId: '7' }],
    deals: [{ id: 'd1', name: 'Doors', closed: true }],
    responsibleUserIds: ['7'],
  });
  expect(first!.person.ids).toEqual(expect.arrayContaining([PHONE, USER]));
  expect(first!.chats.map(({ channelId }) => channelId).sort()).toEqual(
    [shared.number.channelId, second.channelId].sort(),
  );
  expect(textsOf([first!])).toEqual(
    ['refused answer', 'text of a1', 'text of a2', 'text of a3', 'text of past', 'waiting answer'].sort(),
  );
  const [refused] = first!.messages.filter(({ text }) => text === 'refused answer');
  expect(refused).toMatchObject({ status: 'error' });
  expect(first!.messages.filter(({ isWaiting }) => isWaiting).map(({ text }) => text)).toEqual(['waiting answer']);
  expect(await pages(`whatsapp/${USER.chatId}`)).toMatchObject([{ chats: first!.chats, messages: first!.messages }]);
});

test('neither leaves out nor doubles what comes meanwhile, wherever it sorts', async () => {
  const times = Array.from({ length: 1_300 }, (_, index) => world.clock.now() - (1_300 - index) * 1_000);
  const lines = times.map((time, index) => said('', `m${index}`, { ids: [PHONE] as never, time }));
  await shared.post(lines.filter((_, index) => index % 2 === 0));
  await shared.post(
    lines.filter((_, index) => index % 2 > 0),
    { to: second },
  );
  await world.drain();
  world.clock.advance(60_000);

  const found = await pages(undefined, async (page) => {
    if (page > 2) return;
    await write(`late${page}`, shared.number, [PHONE], { time: times[0]! - page * 1_000 });
    await write(`new${page}`, second, [PHONE]);
  });

  expect(found.length).toBeGreaterThan(2);
  expect(found.slice(1).flatMap(({ chats }) => chats)).toEqual([]);
  const played = [...times.map((_, index) => `m${index}`), 'late1', 'late2', 'new1', 'new2'];
  expect(textsOf(found)).toEqual(played.map((id) => `text of ${id}`).sort());
});

test('is bound to its person and account, and said in the audit without who it was', async () => {
  await write('a1');
  await write('b1', shared.number, [{ chatType: 'whatsapp', chatId: '491519999' }]);
  const cursor = Buffer.from(JSON.stringify({ of: 'abc', began: 1, round: 1, done: [] })).toString('base64url');
  const { apiKey } = await world.addAccount();

  expect(await ask(undefined, cursor)).toMatchObject({ status: 400, body: { data: { fields: ['after'] } } });
  expect(await ask('whatsapp/491518888')).toMatchObject({ status: 404, body: { error: 'PERSON_NOT_FOUND' } });
  const other = await world.call('GET', `/v1/people/whatsapp/${PHONE.chatId}`, { key: apiKey });
  expect(other).toMatchObject({ status: 404 });
  await pages();
  const audit = await world.call('GET', '/v1/audit', { key: world.account.apiKey });
  const exported = (audit.body as { entries: { act: string }[] }).entries.filter(
    ({ act }) => act === 'person-exported',
  );
  expect(exported).toHaveLength(1);
  expect(JSON.stringify(exported)).not.toContain(PHONE.chatId);
});
