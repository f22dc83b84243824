import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import { NO_SETTINGS } from '#domain/settings';
import { viewerScope } from '#store/chats';
import type { Row } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

type Item = Readonly<Record<string, unknown>>;

const CHATS = 50;
const UNANSWERED = 20;
const BATCH = 25;
const BATCHES_AT_ONCE = 8;
const UNANSWERED_SHARE = 4;
const FILL_MS = 60_000;
const READ_BUDGET = 52;

/** What a page of the list costs, whoever else has chats in the table. Without `full` filling it ends after a minute. */
export async function measureLists(full: boolean): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    for (let chatId = 1; chatId <= UNANSWERED; chatId += 1) await makeChat(world, chatId);
    // Newer in the rest than those that wait, or the page would leave places to what it shows already.
    world.advance(11 * 60_000);
    for (let chatId = UNANSWERED + 1; chatId <= CHATS; chatId += 1) await makeChat(world, chatId, { answered: true });
    const template = await readChat(world, CHATS);
    const rows = [await measurePage(world, 'a new account: nobody else')];
    const other = { account: randomUUID(), channelId: randomUUID() };
    for (const count of [50, 100_000]) {
      const there = await fill(world, template, other, count, full);
      rows.push(await measurePage(world, `${there.toLocaleString('en')} chats of others`));
    }
    const there = await fill(world, template, world, 20_000, full);
    rows.push(await measurePage(world, `${there.toLocaleString('en')} more of one's own, 1 in 4 unanswered`));
    return rows;
  } finally {
    await world.stop();
  }
}

async function makeChat(world: BenchWorld, chatId: number, { answered } = { answered: false }): Promise<void> {
  await world.receive(chatId, 'Good day! Is the red one in stock?');
  await world.fold();
  if (!answered) return;
  await world.reply(chatId);
  await world.fold();
}

async function measurePage(world: BenchWorld, among: string): Promise<Row> {
  // Later than any place that was set before, as a list that somebody opens now.
  world.advance(60_000);
  let shown = 0;
  const { steps, readUnits } = await world.measure(async () => {
    shown = (await world.call('GET', `/v1/chats?limit=${CHATS}`)).body.chats.length;
  });
  return {
    what: `list page of 50 chats, one list; ${among}`,
    budget: `2 steps, <= ${READ_BUDGET} read`,
    figure: `${steps} steps, ${readUnits} read, ${shown} rows`,
    met: steps <= 2 && readUnits <= READ_BUDGET,
  };
}

async function readChat({ plain, channelId }: BenchWorld, chatId: number): Promise<Item> {
  const c = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
  const { Item } = await plain.send(new GetCommand({ TableName: 'chats', Key: { c, s: '-' } }));
  return Item ?? {};
}

/** Copies of a real chat in that channel: `count`, or as many as there is time for; answers with how many. */
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
    v: viewerScope(account, channelId, [], NO_SETTINGS).id,
    r: place,
    ...(unanswered && { u: place, placedAt: Number(place.slice(0, 13)) }),
  };
}
