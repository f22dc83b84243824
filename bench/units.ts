import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { chatKey } from '#domain/message';
import { itemBytes, partsOf, type Usage } from './meter.ts';
import { type Row, rounded } from './table.ts';
import { textUpdate } from './telegram.ts';
import { type BenchWorld, giveOut, OTHER_SELLER, openBenchWorld, SELLER } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
/** What comes in one second is in the order of ids, so that the newest message may not be the last one. */
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const READ_UNIT_BYTES = 4096;
/** New clients in parallel. */
const AT_ONCE = 50;

/** What messages and replies cost: units of the tables and round trips. */
export async function measureUnits(): Promise<Row[]> {
  const world = await openBenchWorld();
  try {
    return [
      ...(await measureClientMessages(world)),
      ...(await measureReplies(world)),
      ...(await measureDuplicate(world)),
      ...(await measureChanges(world)),
      ...(await measureNewClients(world)),
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
    unitsRow(`${following}, all told`, { write: 2, read: 3 }, follows),
    unitsRow(`${following}, ${rounded(openBytes / 1024, 1)} KB open`, { write: 2, read: reads + 1 }, followsMany),
    unitsRow('client message, chat becomes unanswered', { write: 4, read: 3 }, opens),
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
  const path = `/v1/chats/${world.channelId}/telegram/4/still-owed`;
  const owed = await world.measure(async () => {
    await world.call('PUT', path, { stillOwed: true });
    await world.fold();
  });
  world.advance(SECOND_MS);
  const ends = await world.measure(() => answer(world, 4));
  return [
    // One of them is the wait that has ended.
    unitsRow('reply that clears, without sending', { write: 5 }, clears),
    unitsRow('the same, its place in the rest moves (once in ten minutes)', { write: 9 }, moves),
    {
      what: 'what sending adds: outbox, lane, outcome',
      budget: '8 write',
      figure: `${figureOf(sends)}, ${sends.requests} requests; outbox ${outbox} write`,
      met: sends.writeUnits <= 8,
    },
    unitsRow('"I still owe an answer", all told', { write: 5 }, owed),
    // Two are the task that counts the waits of the chat anew.
    unitsRow('reply that ends it, without sending', { write: 6 }, ends),
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

/** Edits, and a reaction, which rings no fold. */
async function measureChanges(world: BenchWorld): Promise<Row[]> {
  const [older, newest] = [910_001, 910_002];
  const { message } = textUpdate({ chatId: 9, id: older, text: TEXT, at: Date.now() });
  const edit = { ...message, text: 'No, the blue one.', edit_date: message.date + 60 };
  const about = { chat: message.chat, user: message.from, date: message.date + 61, message_id: newest };
  const reaction = { ...about, new_reaction: [{ type: 'emoji', emoji: '👍' }] };
  let updates = 0;

  async function tell(update: object): Promise<void> {
    updates += 1;
    await world.tell({ update_id: updates, ...update });
    await world.fold();
  }

  await tell({ message });
  await tell({ message: { ...message, message_id: newest } });
  const ofNewest = await world.measure(() => tell({ edited_message: { ...edit, message_id: newest } }));
  const ofOlder = await world.measure(() => tell({ edited_message: edit }));
  const reacted = await world.measure(() => tell({ message_reaction: reaction }));
  return [
    unitsRow('edit of the newest message, all told', { write: 2, read: 4 }, ofNewest),
    unitsRow('edit of an older message', { write: 1, read: 4 }, ofOlder),
    unitsRow('reaction', { write: 1, read: 0 }, reacted),
  ];
}

/** New clients in a round-robin channel, with contacts that Konvert keeps itself. */
async function measureNewClients(world: BenchWorld): Promise<Row[]> {
  const pooled = await world.measure(() => say(world, 6));
  await giveOut(world, [SELLER, OTHER_SELLER]);
  await newClient(world, 7);
  const steps = {
    'its message': await world.measure(() => world.receive(8, TEXT)),
    'its chat': await world.measure(() => world.fold()),
    'its responsible user': await world.measure(() => world.assign()),
  };
  const written = Object.values(steps).reduce((total, { writeUnits }) => total + writeUnits, 0);
  const read = Object.values(steps).reduce((total, { readUnits }) => total + readUnits, 0);
  for (let chatId = 101; chatId <= 100 + AT_ONCE; chatId += 1) await world.receive(chatId, TEXT);
  const drawn = await world.measure(() => world.fold());
  const { dispensers: turns = 0, addresses: added = 0 } = drawn.updates;
  // Each address has had one update before, which told it of its chat.
  const decisions = added - AT_ONCE;
  return [
    { what: 'first message of a chat, in a channel in first-reply', budget: '', figure: figureOf(pooled) },
    {
      what: 'new client in round-robin, all told, without CRM',
      budget: '<= 12 write',
      figure: `${written} write, ${read} read`,
      met: written <= 12,
    },
    ...Object.entries(steps).map(([step, usage]) => ({
      what: `of which ${step}`,
      budget: '',
      figure: allParts(usage),
    })),
    {
      what: `turn and decision, ${AT_ONCE} new clients at once`,
      budget: '2 requests each, at every twelfth one more',
      figure: `${turns} and ${decisions} requests`,
      met: turns <= AT_ONCE + Math.ceil(AT_ONCE / 12) && decisions === AT_ONCE,
    },
  ];
}

async function say(world: BenchWorld, chatId: number, text = TEXT): Promise<void> {
  await world.receive(chatId, text);
  await world.fold();
  world.advance(SECOND_MS);
}

async function newClient(world: BenchWorld, chatId: number): Promise<void> {
  await say(world, chatId);
  await world.assign();
}

async function answer(world: BenchWorld, chatId: number): Promise<void> {
  await world.reply(chatId);
  await world.fold();
  world.advance(SECOND_MS);
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

/** Write units by table and index. */
function allParts({ parts, writeUnits, readUnits, requests }: Usage): string {
  const written = Object.entries(parts).filter(([part]) => part.startsWith('write '));
  const named = written.map(([part, units]) => `${part.slice('write '.length)} ${units}`);
  return `${writeUnits} write, ${readUnits} read, ${requests} requests: ${named.join(', ')}`;
}

function unitsRow(what: string, budget: { write: number; read?: number }, usage: Usage): Row {
  const { write, read } = budget;
  return {
    what,
    budget: read === undefined ? `${write} write` : `${write} write, ${read} read`,
    figure: figureOf(usage),
    met: usage.writeUnits <= write && usage.readUnits <= (read ?? Number.POSITIVE_INFINITY),
  };
}

function figureOf({ writeUnits, readUnits }: Usage): string {
  return `${writeUnits} write, ${readUnits} read`;
}
