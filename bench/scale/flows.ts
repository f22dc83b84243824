import { startReceiver } from '#test/calls/receiver-double';
import { type BenchWorld, giveOut, OTHER_SELLER, openBenchWorld, SELLER } from '../world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const SECOND_MS = 1000;

/** What one thing costs from its first call to its last, all told. */
export interface Flow {
  readonly what: string;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Round trips to the tables that wait for each other. */
  readonly steps: number;
  /** How often functions run, if nothing comes together. */
  readonly runs: number;
  /** Requests to the gateway, messages in queues, and calls of other servers. */
  readonly requests: number;
  readonly queued: number;
  readonly calls: number;
  readonly logBytes: number;
}

/** What is counted outside of the tables: it follows from which function starts which. */
type Beside = Pick<Flow, 'runs' | 'requests' | 'queued' | 'calls'>;

/** Of a webhook: receive-message, fold-chat, publish-events; ring-doorbell and notify-users for the chat; deliver-event. */
const OF_MESSAGE: Beside = { runs: 6, requests: 1, queued: 1, calls: 1 };
/** The same, and assign-contact. */
const OF_NEW_CLIENT: Beside = { ...OF_MESSAGE, runs: 7 };
/** record-reply, fold-chat, publish-events, the two of the chat, deliver-message, publish-events and deliver-event twice. */
const OF_REPLY: Beside = { runs: 9, requests: 1, queued: 3, calls: 3 };

/** Measures what the three things cost that make up nearly all of what happens. */
export async function measureFlows(): Promise<Flow[]> {
  const world = await openBenchWorld();
  const receiver = await startReceiver();
  try {
    await world.register(receiver.url);
    await giveOut(world, [SELLER, OTHER_SELLER]);
    await newClient(world, 1);
    await message(world, 1);
    const first = await flowOf(world, 'first message of a new client', OF_NEW_CLIENT, () => newClient(world, 2));
    const opens = await flowOf(world, 'reply', OF_REPLY, () => answer(world, 2));
    const enters = await flowOf(world, 'message, chat becomes unanswered', OF_MESSAGE, () => message(world, 2));
    const follows = await flowOf(world, 'message, chat is unanswered', OF_MESSAGE, () => message(world, 2));
    return [first, enters, follows, opens];
  } finally {
    await receiver.stop();
    await world.stop();
  }
}

async function flowOf(world: BenchWorld, what: string, beside: Beside, work: () => Promise<void>): Promise<Flow> {
  const before = world.logBytes();
  const { writeUnits, readUnits, steps } = await world.measure(work);
  world.advance(SECOND_MS);
  return { what, writeUnits, readUnits, steps, ...beside, logBytes: world.logBytes() - before };
}

async function message(world: BenchWorld, chatId: number): Promise<void> {
  await world.receive(chatId, TEXT);
  await world.fold();
  await events(world);
}

async function newClient(world: BenchWorld, chatId: number): Promise<void> {
  await world.receive(chatId, TEXT);
  await world.fold();
  await world.assign();
  await events(world);
}

async function answer(world: BenchWorld, chatId: number): Promise<void> {
  await world.reply(chatId);
  await world.fold();
  await world.send();
  await events(world);
}

async function events(world: BenchWorld): Promise<void> {
  await world.publish();
  await world.deliver();
}
