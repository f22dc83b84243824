import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { chatKey } from '#domain/message';
import { itemBytes, type Usage } from './meter.ts';
import { formatTable, type Row } from './table.ts';
import { type BenchWorld, giveOut, OTHER_SELLER, openBenchWorld, SELLER } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const UNIT_BYTES = 1024;

/** What a timer costs: nothing where an answer comes in time, and what is done where none does. */
export async function measureWaitUnits(): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    await giveOut(world, [SELLER, OTHER_SELLER]);
    const without = [...(await measureInTime(world, 1)), await sweeps(world)];
    await world.call('PUT', `/v1/settings/channels/${world.channelId}`, await withTimer(world));
    const timed = [...(await measureInTime(world, 2)), await sweeps(world)];
    return [...idleRows(without, timed), ...(await measureLate(world))];
  } finally {
    await world.stop();
  }
}

/** A message that makes an answered chat unanswered, and the answer to it. */
async function measureInTime(world: BenchWorld, chatId: number): Promise<readonly [asks: Usage, answers: Usage]> {
  await say(world, chatId);
  await answer(world, chatId);
  const asks = await world.measure(() => say(world, chatId));
  return [asks, await world.measure(() => answer(world, chatId))];
}

/** The sweep of a minute. The first one makes what there is one of, so the second counts. */
async function sweeps(world: BenchWorld): Promise<Usage> {
  await world.look();
  world.advance(MINUTE_MS);
  return world.measure(() => world.look());
}

/** The same without a timer and with one. */
function idleRows([asks, answers, sweep]: readonly Usage[], [asked, answered, looks]: readonly Usage[]): Row[] {
  return [
    beside('client message, chat becomes unanswered, in a channel with a timer', asks!, asked!, 0),
    beside('answer in time', answers!, answered!, 0),
    beside('sweep of a minute that finds nobody, one channel with a timer', sweep!, looks!, 1),
  ];
}

async function measureLate(world: BenchWorld): Promise<Row[]> {
  await say(world, 3);
  world.advance(14 * MINUTE_MS);
  const armed = await world.measure(() => world.look());
  const warned = await world.measure(() => world.mindWaits());
  const bytes = await bytesOfChat(world, 3);
  world.advance(MINUTE_MS);
  const returned = await world.measure(() => world.mindWaits());
  return [
    row('sweep of a minute that finds a late client, and arms the chat', armed, 6),
    row('the responsible user is warned', warned, 4),
    row('a return, with a contact that Konvert keeps', returned, 22),
    {
      what: 'bytes of the row of a chat with its mark',
      budget: `<= ${UNIT_BYTES}`,
      figure: String(bytes),
      met: bytes <= UNIT_BYTES,
    },
  ];
}

async function withTimer(world: BenchWorld): Promise<unknown> {
  const { body } = await world.call('GET', '/v1/settings');
  const { newClients, userRoles } = body.channels[world.channelId];
  return { newClients, userRoles, waiting: { returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 } };
}

async function say(world: BenchWorld, chatId: number): Promise<void> {
  await world.receive(chatId, TEXT);
  await world.fold();
  await world.assign();
  world.advance(SECOND_MS);
}

async function answer(world: BenchWorld, chatId: number): Promise<void> {
  await world.reply(chatId);
  await world.fold();
  world.advance(SECOND_MS);
}

async function bytesOfChat({ plain, channelId }: BenchWorld, chatId: number): Promise<number> {
  const c = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
  const { Item } = await plain.send(new GetCommand({ TableName: 'chats', Key: { c, s: '-' } }));
  return itemBytes(Item ?? {});
}

/** What it costs with a timer, and how many units more that may be than without. */
function beside(what: string, before: Usage, now: Usage, more: number): Row {
  const isMet = (kind: 'writeUnits' | 'readUnits') => now[kind] <= before[kind] + more;
  const budget = `${more} more than without: ${figureOf(before)}`;
  return { what, budget, figure: figureOf(now), met: isMet('writeUnits') && isMet('readUnits') };
}

function row(what: string, usage: Usage, write: number): Row {
  return { what, budget: `<= ${write} write`, figure: figureOf(usage), met: usage.writeUnits <= write };
}

function figureOf({ writeUnits, readUnits, requests }: Usage): string {
  return `${writeUnits} write, ${readUnits} read, ${requests} requests`;
}

if (import.meta.main) console.log(formatTable(await measureWaitUnits()));
