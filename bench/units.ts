import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { chatKey } from '#domain/message';
import { itemBytes, type Usage } from './meter.ts';
import { type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const MINUTE_MS = 60_000;
const READ_UNIT_BYTES = 4096;

/** What messages and replies cost: units of the tables and round trips. */
export async function measureUnits(): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    const first = await measureFirstMessage(world);
    return [
      ...(await measureClientMessages(world)),
      ...(await measureReplies(world)),
      ...(await measureDuplicate(world)),
      first,
    ];
  } finally {
    await world.stop();
  }
}

async function measureClientMessages(world: BenchWorld): Promise<Row[]> {
  await say(world, 1);
  const webhook = await world.measure(() => world.receive(1, TEXT));
  await world.fold();
  const follows = await world.measure(() => say(world, 1));

  for (let count = 0; count < 30; count += 1) await say(world, 2, TEXT.repeat(12));
  const followsMany = await world.measure(() => say(world, 2));
  const openBytes = await bytesOfFacts(world, 2);
  const reads = 1 + Math.ceil(openBytes / READ_UNIT_BYTES);

  await say(world, 3);
  await answer(world, 3);
  const opens = await world.measure(() => say(world, 3));

  const following = 'client message, chat already unanswered';
  return [
    {
      what: 'webhook: sequential round trips before the 2xx, settings cached',
      budget: '1',
      figure: String(webhook.steps),
      met: webhook.steps <= 1,
    },
    unitsRow(`${following}, all told`, { write: 2, read: 2 }, follows),
    unitsRow(`${following}, ${rounded(openBytes / 1024, 1)} KB open`, { write: 2, read: reads }, followsMany),
    unitsRow('client message, chat becomes unanswered', { write: 4, read: 2 }, opens),
  ];
}

async function measureReplies(world: BenchWorld): Promise<Row[]> {
  await say(world, 4);
  const clears = await world.measure(() => answer(world, 4));
  await world.send();
  world.advance(11 * MINUTE_MS);
  await say(world, 4);
  const moves = await world.measure(() => answer(world, 4));
  const sends = await world.measure(() => world.send());
  const outbox = partsOf(sends, 'write outbox');
  return [
    unitsRow('reply that clears, without sending', { write: 4 }, clears),
    unitsRow('the same, its place in the rest moves (once in ten minutes)', { write: 8 }, moves),
    {
      what: 'what sending adds: outbox, lane, outcome',
      budget: 'none (store.md: + 4 write)',
      figure: `${written(sends)}, ${sends.requests} requests; outbox ${outbox} write`,
    },
  ];
}

async function measureDuplicate(world: BenchWorld): Promise<Row[]> {
  const id = 900_000;
  await world.receive(5, TEXT, id);
  await world.fold();
  const usage = await world.measure(async () => {
    await world.receive(5, TEXT, id);
    await world.fold();
  });
  return [unitsRow('duplicate delivery', { write: 1, read: 0 }, usage)];
}

async function measureFirstMessage(world: BenchWorld): Promise<Row> {
  const usage = await world.measure(() => say(world, 6));
  return {
    what: 'new client, without CRM, so far: first message of a chat; no turn, decision, record yet',
    budget: '<= 12 write',
    figure: written(usage),
  };
}

async function say(world: BenchWorld, chatId: number, text = TEXT): Promise<void> {
  await world.receive(chatId, text);
  await world.fold();
}

async function answer(world: BenchWorld, chatId: number): Promise<void> {
  await world.reply(chatId);
  await world.fold();
}

async function bytesOfFacts({ plain, channelId }: BenchWorld, chatId: number): Promise<number> {
  const key = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
  const { Items = [] } = await plain.send(
    new QueryCommand({
      TableName: 'messages',
      KeyConditionExpression: 'c = :chat',
      ExpressionAttributeValues: { ':chat': key },
    }),
  );
  return Items.reduce((total, item) => total + itemBytes(item), 0);
}

function partsOf({ parts }: Usage, beginning: string): number {
  const found = Object.entries(parts).filter(([name]) => name.startsWith(beginning));
  return found.reduce((total, [, units]) => total + units, 0);
}

function unitsRow(what: string, budget: { write: number; read?: number }, usage: Usage): Row {
  const { write, read } = budget;
  return {
    what,
    budget: read === undefined ? `${write} write` : `${write} write, ${read} read`,
    figure: written(usage),
    met: usage.writeUnits <= write && usage.readUnits <= (read ?? Number.POSITIVE_INFINITY),
  };
}

function written({ writeUnits, readUnits }: Usage): string {
  return `${writeUnits} write, ${readUnits} read`;
}
