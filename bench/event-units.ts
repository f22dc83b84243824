import { answer, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { partsOf, type Usage } from './meter.ts';
import { formatTable, type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const BURST = 50;
/** Longer than a receiver that is down waits for its next call. */
const LATER_MS = 60_000;

/**
 * What events cost beside the facts that they tell of: their rows, the announcement of their lane, and their delivery.
 * A burst is what one batch of the stream brings.
 */
export async function measureEventUnits(): Promise<Row[]> {
  const world = await openBenchWorld();
  const receiver = await startReceiver();
  try {
    await world.register(receiver.url);
    await comes(world, 1);
    await world.publish();
    await world.deliver();
    return [
      ...(await measureMessages(world)),
      ...(await measureReply(world)),
      ...(await measureIllReceiver(world, receiver)),
    ];
  } finally {
    await receiver.stop();
    await world.stop();
  }
}

async function measureMessages(world: BenchWorld): Promise<Row[]> {
  await comes(world, 1);
  const lone = await world.measure(() => leaves(world));

  await comes(world, 1);
  const published = await world.publish();
  const repeatedBefore = await world.measure(() => world.repeat(published));
  await world.deliver();
  const repeatedAfter = await world.measure(() => world.repeat(published));

  for (let client = 1; client <= BURST; client += 1) await comes(world, client);
  const burst = await world.measure(() => leaves(world));
  for (let count = 1; count <= BURST; count += 1) await comes(world, 1);
  const ofOne = await world.measure(() => leaves(world));
  return [
    unitsRow('event, alone', 7, lone),
    unitsRow(`events of ${BURST} clients in a burst, each`, 3.2, burst, BURST),
    unitsRow(`events of one client, ${BURST} in a burst, each`, 3.2, ofOne, BURST),
    unitsRow('record of the stream that comes again, its event still waits', 2, repeatedBefore),
    unitsRow('the same, its event has left', 1, repeatedAfter),
  ];
}

async function measureReply(world: BenchWorld): Promise<Row[]> {
  await comes(world, 1);
  await leaves(world);
  await world.reply(1);
  await world.fold();
  const sent = await world.measure(() => world.send());
  const told = await world.measure(() => leaves(world));
  return [
    unitsRow('sending a reply in an account with a receiver', 8, sent),
    unitsRow('its two events, message and status', 10, told),
  ];
}

async function measureIllReceiver(world: BenchWorld, receiver: ReceiverDouble): Promise<Row[]> {
  receiver.rule = () => answer(503);
  await comes(world, 1);
  const first = await world.measure(() => leaves(world));
  await comes(world, 1);
  const more = await world.measure(() => leaves(world));
  for (let client = 1; client <= BURST; client += 1) await comes(world, client);
  const burst = await world.measure(() => leaves(world));
  world.advance(LATER_MS);
  const again = await world.measure(() => world.retry());
  receiver.rule = undefined;
  world.advance(LATER_MS);
  const drained = await world.measure(() => world.retry());
  return [
    unitsRow('event that finds its receiver down', 7, first),
    unitsRow('one more, while its lane waits', 2, more),
    unitsRow(`the same, ${BURST} in a burst, each`, 1.2, burst, BURST),
    unitsRow('one more call in vain', 4, again),
    unitsRow(`what waited leaves, ${BURST + 2} events, each`, 2, drained, BURST + 2),
  ];
}

/** A client writes, and the chat follows. No two messages come in the same millisecond. */
async function comes(world: BenchWorld, client: number): Promise<void> {
  world.advance(1);
  await world.receive(client, TEXT);
  await world.fold();
}

async function leaves(world: BenchWorld): Promise<void> {
  await world.publish();
  await world.deliver();
}

function unitsRow(what: string, budget: number, usage: Usage, events = 1): Row {
  const { writeUnits, readUnits, requests } = usage;
  const each = (units: number) => rounded(units / events);
  const written = each(partsOf(usage, 'write outbox'));
  const other = each(writeUnits) === written ? '' : `, ${rounded(each(writeUnits) - written)} write elsewhere`;
  return {
    what,
    budget: `<= ${budget} write`,
    figure: `${each(writeUnits)} write, ${each(readUnits)} read, ${each(requests)} requests${other}`,
    met: writeUnits <= budget * events,
  };
}

if (import.meta.main) console.log(formatTable(await measureEventUnits()));
