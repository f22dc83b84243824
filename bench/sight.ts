import type { Usage } from './meter.ts';
import { formatTable, type Row } from './table.ts';
import { type BenchChannel, type BenchWorld, openBenchWorld } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const MOST_CHANNELS = 5;
/** A contact has at most 45 addresses, so a contact with more chats needs several channels. */
const REASSIGNED = [
  { addresses: 1, channels: 1 },
  { addresses: 10, channels: 1 },
  { addresses: 40, channels: MOST_CHANNELS },
];
const WAITING = [60, 1_000];
const RECEIVED_AT_ONCE = 20;

/** The cost of moving a contact's chats to another user before the CRM is answered, and of a user's counter. */
export async function measureSight(): Promise<Row[]> {
  return [...(await withWorld(measureReassigning)), ...(await withWorld(measureCounter))];
}

async function withWorld(measure: (world: BenchWorld) => Promise<Row[]>): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    const users = ['anna', 'boris'].map((id) => ({ id, name: id }));
    await world.call('POST', '/v3/users', users);
    return await measure(world);
  } finally {
    await world.stop();
  }
}

async function measureReassigning(world: BenchWorld): Promise<Row[]> {
  const channels: BenchChannel[] = [];
  while (channels.length < MOST_CHANNELS) channels.push(await world.addChannel());
  for (const channel of channels) await giveRoles(world, channel);
  const rows: Row[] = [];
  let firstId = 1;
  for (const wanted of REASSIGNED) {
    const ids = Array.from({ length: wanted.addresses }, (_, index) => firstId + index);
    firstId += wanted.addresses;
    const used = channels.slice(0, wanted.channels);
    for (const channel of used) await receiveAll(world, ids, channel);
    await push(world, ids, 'anna');
    const usage = await world.measure(() => push(world, ids, 'boris'));
    await expectCounter(world, 'boris', ids.length * used.length);
    await push(world, ids, 'anna');
    rows.push(sightRow(`reassigning a contact with ${ids.length * used.length} waiting chats`, usage));
  }
  return rows;
}

async function push(world: BenchWorld, ids: readonly number[], responsibleUserId: string): Promise<void> {
  const contactData = ids.map((id) => ({ chatType: 'telegram', chatId: String(id) }));
  await world.call('POST', '/v3/contacts', [{ id: `c${ids[0]}`, name: 'Anna', responsibleUserId, contactData }]);
}

async function measureCounter(world: BenchWorld): Promise<Row[]> {
  await giveRoles(world, world);
  const rows: Row[] = [];
  let there = 0;
  for (const waiting of WAITING) {
    const ids = Array.from({ length: waiting - there }, (_, index) => there + index + 1);
    there = waiting;
    await receiveAll(world, ids);
    const usage = await world.measure(() => expectCounter(world, 'anna', waiting));
    rows.push(sightRow(`counter at ${waiting.toLocaleString('en')} waiting chats`, usage));
  }
  return rows;
}

/** Anna receives new clients. */
async function giveRoles(world: BenchWorld, { channelId }: Pick<BenchChannel, 'channelId'>): Promise<void> {
  const userRoles = ['anna', 'boris'].map((userId) => ({
    userId,
    role: 'seller',
    allowGetNewClients: userId === 'anna',
  }));
  const settings = { newClients: { mode: 'first-reply' }, userRoles };
  await world.call('PUT', `/v1/settings/channels/${channelId}`, settings);
}

async function receiveAll(world: BenchWorld, ids: readonly number[], channel?: BenchChannel): Promise<void> {
  for (let first = 0; first < ids.length; first += RECEIVED_AT_ONCE) {
    const some = ids.slice(first, first + RECEIVED_AT_ONCE);
    await Promise.all(some.map((id) => world.receive(id, TEXT, undefined, channel)));
    await world.fold();
  }
}

/** Throws if the counter is wrong, because the figure would be worth nothing then. */
async function expectCounter(world: BenchWorld, user: string, count: number): Promise<void> {
  const { counterV2 } = (await world.call('GET', `/v3/unanswered/${user}`)).body;
  if (counterV2 !== count) throw new Error(`${user} has ${counterV2} messages that wait, not ${count}`);
}

function sightRow(what: string, { steps, requests, writeUnits, readUnits }: Usage): Row {
  return { what, budget: '', figure: `${steps} steps, ${requests} requests, ${writeUnits} write, ${readUnits} read` };
}

if (import.meta.main) console.log(formatTable(await measureSight()));
