import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import { viewerId } from '#store/chats/scopes';
import { partsOf } from './meter.ts';
import type { Row } from './table.ts';
import { type BenchWorld, giveOut, HEAD, OTHER_SELLER, openBenchWorld, SELLER } from './world.ts';

type Item = Readonly<Record<string, unknown>>;

const CHATS = 50;
const UNANSWERED = 20;
const BATCH = 25;
const BATCHES_AT_ONCE = 8;
const UNANSWERED_SHARE = 4;
const FILL_MS = 60_000;
const READ_BUDGET = 52;
const READ_BUDGET_OF_FURTHER_LIST = 2;

/**
 * The readers, and from how many lists each of them reads. A seller who receives new clients has their own and the
 * pool.
 */
const READERS = [
  { who: 'the CRM', userId: undefined, lists: 1, known: 1 },
  { who: 'a head', userId: HEAD, lists: 1, known: 2 },
  { who: 'a seller', userId: SELLER, lists: 2, known: 2 },
] as const;

/**
 * The cost of a page of the list, with few and with many other chats in the table. Without `full`, filling the table
 * ends after a minute.
 */
export async function measureLists(full: boolean): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    await giveOut(world, [SELLER]);
    for (let chatId = 1; chatId <= UNANSWERED; chatId += 1) await makeChat(world, chatId);
    // The answered chats have to be newer than the unanswered ones, which also stand in the rest. Otherwise the page
    // would spend places of the rest on chats that it shows already.
    world.advance(11 * 60_000);
    for (let chatId = UNANSWERED + 1; chatId <= CHATS; chatId += 1) await makeChat(world, chatId, { answered: true });
    const template = await readChat(world, CHATS);
    const rows = await measurePages(world, 'a new account');
    const other = { account: randomUUID(), channelId: randomUUID() };
    for (const count of [50, 100_000]) {
      const there = await fill(world, template, other, count, full);
      rows.push(...(await measurePages(world, `${there.toLocaleString('en')} chats of others`)));
    }
    const there = await fill(world, template, world, 20_000, full);
    const more = `${there.toLocaleString('en')} more of another seller, 1 in 4 unanswered`;
    rows.push(...(await measurePages(world, more)));
    return rows;
  } finally {
    await world.stop();
  }
}

async function makeChat(world: BenchWorld, chatId: number, { answered } = { answered: false }): Promise<void> {
  await world.receive(chatId, 'Good day! Is the red one in stock?');
  await world.fold();
  await world.assign();
  if (!answered) return;
  await world.reply(chatId);
  await world.fold();
}

async function measurePages(world: BenchWorld, among: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const reader of READERS) rows.push(await measurePage(world, reader, among));
  return rows;
}

async function measurePage(world: BenchWorld, reader: (typeof READERS)[number], among: string): Promise<Row> {
  const { who, userId, lists, known } = reader;
  // Later than any place that was set before, as for a list that is opened now.
  world.advance(60_000);
  let shown = 0;
  const usage = await world.measure(async () => {
    const { body } = await world.call('GET', `/v1/chats?limit=${CHATS}`, undefined, userId);
    shown = body.chats.length;
  });
  // The user and the settings are read first, because what a reader may see is never remembered (R1).
  const steps = usage.steps - known;
  const read = partsOf(usage, 'read chats');
  const budget = READ_BUDGET + (lists - 1) * READ_BUDGET_OF_FURTHER_LIST;
  return {
    what: `list page of 50 chats for ${who}; ${among}`,
    budget: `2 steps, <= ${budget} read`,
    figure: `${steps} steps, ${read} read (+ ${usage.readUnits - read} for user and settings), ${shown} rows`,
    met: steps <= 2 && read <= budget,
  };
}

async function readChat({ plain, channelId }: BenchWorld, chatId: number): Promise<Item> {
  const c = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
  const { Item } = await plain.send(new GetCommand({ TableName: 'chats', Key: { c, s: '-' } }));
  return Item ?? {};
}

/** Adds copies of a real chat to that channel: `count`, or as many as there is time for. Returns how many. */
async function fill(
  { plain }: BenchWorld,
  template: Item,
  { account, channelId }: { readonly account: string; readonly channelId: string },
  count: number,
  full: boolean,
): Promise<number> {
  const deadline = full ? Number.POSITIVE_INFINITY : Date.now() + FILL_MS;
  let next = 0;
  const worker = async () => {
    while (next < count && Date.now() < deadline) {
      const first = next;
      next = Math.min(count, first + BATCH);
      const items = Array.from({ length: next - first }, (_, index) =>
        copyOf(template, account, channelId, first + index),
      );
      await plain.send(
        new BatchWriteCommand({ RequestItems: { chats: items.map((Item) => ({ PutRequest: { Item } })) } }),
      );
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
  return next;
}

function copyOf(template: Item, account: string, channelId: string, index: number): Item {
  const c = chatKey({ channelId, chatType: 'telegram', chatId: `copy-${index}` });
  const place = `${String(template.r).slice(0, 13)}#${shortHash(c)}`;
  const unanswered = index % UNANSWERED_SHARE === 0;
  return {
    ...template,
    c,
    account,
    ch: channelId,
    viewers: [OTHER_SELLER],
    v: viewerId(account, OTHER_SELLER),
    r: place,
    ...(unanswered && { u: place, placedAt: Number(place.slice(0, 13)) }),
  };
}
