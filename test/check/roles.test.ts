import { expect, onTestFinished, test } from 'vitest';
import { createPlaceChats } from '#flows/place-chats';
import { createSettings } from '#store/accounts/channel-settings';
import { createChecks } from '#store/accounts/checks';
import { createWorld, START, type World } from '#test/world';
import { type Made, openChats } from './company.ts';

/** In CI a few chats for each way in which `WAYS` makes one; in `npm run long` ten thousand. */
const EACH = Number(process.env.ROLES_EACH ?? 8);
const DAY_MS = 24 * 3_600_000;
/** So many chats are placed before a run looks at the time. */
const PLACED_AT_ONCE = 100;

async function openCompany(each: number): Promise<{ world: World; made: Made[] }> {
  const world = await createWorld();
  onTestFinished(() => world.stop());
  const made = await openChats(world.deps, world.account.accountId, world.channel.channelId, each, START - DAY_MS);
  await world.drain();
  return { world, made };
}

/** Saves roles without anna, or with her, and answers with how many requests the store got before the answer. */
async function save(world: World, hasAnna: boolean): Promise<number> {
  let requests = 0;
  world.failing = () => {
    requests += 1;
    return false;
  };
  const roles = {
    ...(hasAnna && { anna: 'seller' }),
    boris: 'seller',
    carl: 'seller',
    head: 'manager',
    control: 'auditor',
  };
  const userRoles = Object.entries(roles).map(([userId, role]) => ({
    userId,
    role,
    allowGetNewClients: userId === 'boris',
  }));
  const body = { newClients: { mode: 'first-reply' }, userRoles };
  const path = `/v1/settings/channels/${world.channel.channelId}`;
  const { status } = await world.call('PUT', path, { key: world.account.apiKey, body });
  expect(status).toBe(200);
  world.failing = undefined;
  return requests;
}

/** Reads the list of the user to its end. `between` happens after each page. */
async function listOf(world: World, user: string, between = async () => {}): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const path = `/v1/chats?view=unanswered&limit=20${cursor && `&cursor=${cursor}`}`;
    const { body } = await world.call('GET', path, { key: world.account.apiKey, headers: { 'konvert-user': user } });
    const { chats, nextCursor } = body as { chats: { chatId: string }[]; nextCursor?: string };
    found.push(...chats.map(({ chatId }) => chatId));
    if (nextCursor === undefined) return found;
    cursor = nextCursor;
    await between();
  }
}

async function statusFor(world: World, user: string, chatId: string): Promise<number> {
  const headers = { 'konvert-user': user };
  return (await world.call('GET', world.pathOf(chatId), { key: world.account.apiKey, headers })).status;
}

/** How many messages the counter of the user tells. */
async function countOf(world: World, user: string): Promise<number> {
  const { body } = await world.call('GET', `/v3/unanswered/${user}`, { key: world.account.apiKey });
  return (body as { counterV2: number }).counterV2;
}

async function isPlacing({ deps, channel }: World): Promise<boolean> {
  const { channelId } = channel;
  return (await createSettings(deps).versioned([channelId])).get(channelId)!.isPlacing;
}

const idOf = ({ chatKey }: Made) => chatKey.split('#').at(-1)!;

test('a change of roles answers with as many requests in a channel with many chats as in one with few', async () => {
  const [few, many] = [await openCompany(1), await openCompany(EACH)];

  const requests = [await save(few.world, false), await save(many.world, false)];

  expect(requests[1]).toBe(requests[0]);
});

test('sight is right from the answer on while half of the places have not followed, and they follow to and fro', async () => {
  const { world, made } = await openCompany(EACH);
  const { channelId } = world.channel;
  const placeChats = createPlaceChats(world.deps);
  const [annas, pool] = [made.filter(({ way }) => way.of === 'contact'), made.filter(({ way }) => way.of === 'nobody')];
  const all = made.map(idOf).sort();
  const isWaiting = ({ way }: Made) => way.of !== 'deal';
  expect((await listOf(world, 'anna')).length).toBe(made.length - pool.length);

  await save(world, false);
  const stopped = await placeChats(channelId, undefined, 0);

  expect(made.length > PLACED_AT_ONCE).toBe(stopped !== undefined);
  expect(await listOf(world, 'anna')).toEqual([]);
  for (const one of [annas[0]!, annas.at(-1)!]) {
    expect([await statusFor(world, 'anna', idOf(one)), await statusFor(world, 'boris', idOf(one))]).toEqual([404, 200]);
  }
  expect((await listOf(world, 'head')).sort()).toEqual(all);
  const [waiting, carls] = [made.filter(isWaiting), made.filter((one) => !isWaiting(one))];
  expect((await listOf(world, 'boris')).sort()).toEqual(waiting.map(idOf).sort());
  expect((await listOf(world, 'carl')).sort()).toEqual(carls.map(idOf).sort());
  expect(await countOf(world, 'anna')).toBe(0);
  // Two messages wait in each chat, and more than 500 chats are not all counted.
  if (waiting.length <= 500) expect(await countOf(world, 'boris')).toBe(2 * waiting.length);
  // Boris reads while the rest is placed: what waited in his list all the time is there, and nothing twice.
  const read = await listOf(world, 'boris', async () => void (await placeChats(channelId, stopped?.after, 0)));
  expect(read).toEqual([...new Set(read)]);
  expect(read.toSorted()).toEqual(waiting.map(idOf).sort());

  await world.drain();
  await world.pass(20_000);
  expect(await isPlacing(world)).toBe(false);
  expect((await listOf(world, 'boris')).sort()).toEqual(made.filter(isWaiting).map(idOf).sort());

  // Back, and away and back again before anything could follow.
  await save(world, true);
  await placeChats(channelId, undefined, 0);
  await save(world, false);
  await save(world, true);
  expect(await statusFor(world, 'boris', idOf(annas[0]!))).toBe(404);
  expect((await listOf(world, 'boris')).sort()).toEqual(pool.map(idOf).sort());
  expect((await listOf(world, 'anna')).length).toBe(made.length - pool.length);
  await world.drain();
  await world.pass(20_000);
  expect((await listOf(world, 'boris')).sort()).toEqual(pool.map(idOf).sort());
  expect((await listOf(world, 'anna')).length).toBe(made.length - pool.length);
  world.clock.advance(DAY_MS);
  const checks = createChecks(world.deps);
  const { id } = await checks.begin('whole');
  await world.app.listeners['watch-chats']({ Records: [{ body: id }] });
  expect((await checks.get(id))?.found).toEqual({});
}, 3_600_000);
