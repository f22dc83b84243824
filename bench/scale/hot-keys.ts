import { startReceiver } from '#test/calls/receiver-double';
import { rounded } from '../table.ts';
import type { Kind, PartitionUse } from '../throttle/buckets.ts';
import { startProxy, type ThrottlingProxy } from '../throttle/proxy.ts';
import { type BenchWorld, giveOut, OTHER_SELLER, openBenchWorld, SELLER } from '../world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const SECOND_MS = 1000;
/** How often each thing is done, so that what happens seldom shows too. */
const TIMES = 24;
/** What the stream brings in one batch when much is going on. */
const BURST = 50;
/** A key that one of so many times needs belongs to a chat or a client, and is not shared. */
const LEAST_SHARE = 0.4;

/** Units that one thing takes of the partition key that it shares most with others of its kind. */
export interface HotKey {
  readonly place: string;
  readonly kind: Kind;
  /** What the key is of, such as `channel`. */
  readonly key: string;
  readonly units: number;
}

/** What is done, and the keys that it shares. */
export interface HotKeys {
  readonly what: string;
  readonly keys: readonly HotKey[];
}

/** What each thing that happens often takes of partition keys, counted by the proxy, which refuses nothing. */
export async function measureHotKeys(): Promise<HotKeys[]> {
  let proxy: ThrottlingProxy | undefined;
  const world = await openBenchWorld({
    before: async (engine) => {
      proxy = await startProxy(engine);
      return proxy.endpoint;
    },
  });
  const receiver = await startReceiver();
  try {
    return await measureAll(world, proxy!, receiver.url);
  } finally {
    await receiver.stop();
    await world.stop();
    await proxy?.stop();
  }
}

async function measureAll(world: BenchWorld, proxy: ThrottlingProxy, receiver: string): Promise<HotKeys[]> {
  let lastChat = 0;
  const oneChat = 100_000;

  async function each(what: string, work: (index: number) => Promise<unknown>, atOnce = 1): Promise<HotKeys> {
    await work(0);
    proxy.clear();
    for (let index = 1; index <= TIMES; index += 1) {
      await work(index);
      world.advance(SECOND_MS);
    }
    return { what, keys: sharedKeys(proxy.uses(), TIMES * atOnce, world) };
  }
  async function say(chatId: number): Promise<void> {
    await world.receive(chatId, TEXT);
    await world.fold();
  }
  async function sayInBurst(chatOf: (index: number) => number): Promise<void> {
    for (let index = 1; index <= BURST; index += 1) await world.receive(chatOf(index), TEXT);
  }
  async function newClient(): Promise<void> {
    lastChat += 1;
    await say(lastChat);
    await world.assign();
  }

  const measured = [await each('new chat, in a pool', newClient)];
  measured.push(
    await each('message that makes a chat unanswered, and its answer', async (index) => {
      await say(index + 1);
      await world.reply(index + 1);
      await world.fold();
      await world.send();
    }),
  );
  await say(oneChat);
  measured.push(await each('message in one chat that waits, folded alone', () => say(oneChat)));
  measured.push(
    await each(
      `messages in one chat, ${BURST} to a fold`,
      async () => {
        await sayInBurst(() => oneChat);
        await world.fold();
        await world.reply(oneChat);
        await world.fold();
      },
      BURST,
    ),
  );
  await giveOut(world, [SELLER, OTHER_SELLER]);
  measured.push(await each('new client, given to one of two', newClient));
  await giveOut(world, [SELLER]);
  measured.push(await each('new client, given to the only one', newClient));
  await world.register(receiver);
  const events = async () => {
    await world.publish();
    await world.deliver();
  };
  measured.push(
    await each('event, alone', async (index) => {
      await world.receive(200_000 + index, TEXT);
      await events();
    }),
  );
  measured.push(
    await each(
      `events, ${BURST} in a burst`,
      async () => {
        await sayInBurst((index) => 300_000 + index);
        await events();
      },
      BURST,
    ),
  );
  return measured;
}

/** Of each place the key that was used most, unless it is of one chat or client among many. */
function sharedKeys(uses: readonly PartitionUse[], times: number, world: BenchWorld): HotKey[] {
  const most = new Map<string, PartitionUse>();
  for (const use of uses) {
    const name = `${use.kind} ${use.place}`;
    if (!most.has(name)) most.set(name, use);
  }
  return [...most.values()]
    .map(({ place, kind, key, units }) => ({ place, kind, key: nameOf(key, world), units: rounded(units / times) }))
    .filter(({ units }) => units >= LEAST_SHARE)
    .toSorted((one, other) => cost(other) - cost(one));
}

/** A write takes as much of its limit as three reads of theirs. */
function cost({ kind, units }: HotKey): number {
  return kind === 'write' ? 3 * units : units;
}

/** What the key is of, without the ids in it. */
function nameOf(key: string, { account, channelId }: BenchWorld): string {
  return key
    .replace(/telegram#\d+$/, 'chat')
    .replace(`${channelId}#chat`, 'chat')
    .replaceAll(account, 'account')
    .replaceAll(channelId, 'channel')
    .replace(/#user#\w+/, '#user')
    .replace(/^(account#account|channel#channel)$/, (twice) => `settings of the ${twice.split('#')[0]}`);
}
