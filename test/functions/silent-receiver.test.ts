import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { CALL_MS } from '#domain/delivery';
import { queues } from '#lib/listeners';
import { createQueue } from '#local/streams/queue';
import { type Account, type ConnectedChannel, createWorld, textUpdate, type World } from '#test/world';

const QUEUES = ['lanes', 'slowLanes'] as const;
const MINUTE = 60_000;

let world: World;
let lastUpdate = 0;

afterEach(() => world.stop());

/** A call of `sendMessage` that is under way. */
interface Call {
  readonly chatId: number;
  readonly text: string;
}

/** A messenger that answers at once, except for the chats that are silent: their calls end when they are given up. */
class Calls {
  readonly underWay = new Set<Call>();
  readonly sent: Call[] = [];
  isSilent: (chatId: number) => boolean = () => false;
  /** How long an answer takes of a chat that is not silent. */
  takesMs = 0;
  #answering: { readonly at: number; readonly answer: () => void }[] = [];

  /** Gives the answers of which the time has come. */
  answer(): void {
    const now = world.clock.now();
    for (const { at, answer } of this.#answering) if (at <= now) answer();
    this.#answering = this.#answering.filter(({ at }) => at > now);
  }

  readonly fetch: typeof globalThis.fetch = async (url, init) => {
    if (!String(url).endsWith('/sendMessage')) return fetch(url, init);
    const { chat_id: chatId, text } = JSON.parse(String(init?.body));
    const call = { chatId, text };
    this.underWay.add(call);
    try {
      if (this.isSilent(chatId)) await aborted(init?.signal as AbortSignal);
      const at = world.clock.now() + this.takesMs;
      if (this.takesMs > 0) await new Promise<void>((answer) => this.#answering.push({ at, answer }));
      this.sent.push(call);
      const result = { message_id: this.sent.length, date: 0, chat: { id: chatId, type: 'private' }, text };
      return new Response(JSON.stringify({ ok: true, result }));
    } finally {
      this.underWay.delete(call);
    }
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

/** The queues of lanes as they are defined, with all their messages at once. Time passes only by `pass`. */
function startQueues(calls: Calls) {
  const failures: unknown[] = [];
  const running = Object.fromEntries(QUEUES.map((name) => [name, 0])) as Record<(typeof QUEUES)[number], number>;
  const made = QUEUES.map((name) => {
    const queue = createQueue({
      handle: async (event) => {
        running[name] += 1;
        await world.app.listeners['deliver-message'](event).finally(() => {
          running[name] -= 1;
        });
      },
      atOnce: queues[name].atOnce,
      track: () => {},
      done: () => {},
      failed: (_body, _bells, error) => failures.push(error),
      isStopped: () => false,
    });
    return { name, queue };
  });

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 50; quiet += 1) {
      for (const { name, queue } of made) {
        for (const body of world.sent[name].splice(0)) {
          queue.ring(body);
          quiet = 0;
        }
      }
      await turn();
    }
    expect(failures).toEqual([]);
  }

  async function pass(ms: number): Promise<void> {
    world.clock.advance(ms);
    calls.answer();
    const due = world.later.filter(({ at }) => at <= world.clock.now());
    world.later.splice(0, world.later.length, ...world.later.filter(({ at }) => at > world.clock.now()));
    for (const { queue, body } of due) world.sent[queue].push(body);
    await settle();
  }

  return { running, settle, pass };
}

/** A company with a channel and chats of these ids. In each chat a reply to the client waits to leave. */
async function answerAll(account: Account, channel: ConnectedChannel, chats: readonly number[]): Promise<void> {
  for (const chatId of chats) {
    lastUpdate += 1;
    await world.webhook(textUpdate(chatId, 'hello', lastUpdate, world.clock.now()), { channel });
  }
  await world.drain({ deliver: false });
  world.clock.advance(MINUTE);
  for (const chatId of chats) {
    const { channelId } = channel;
    const body = { channelId, chatType: 'telegram', chatId: String(chatId), text: 'an answer' };
    expect(await world.call('POST', '/v3/message', { key: account.apiKey, body })).toMatchObject({ status: 201 });
  }
  await world.drain({ deliver: false });
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

async function start() {
  const calls = new Calls();
  world = await createWorld({ fetch: calls.fetch });
  const other = await world.addAccount();
  const [second, third, others] = [await world.addChannel(), await world.addChannel(), await world.addChannel(other)];
  return { calls, other, others, second, third };
}

describe('a channel of 200 chats that does not answer', () => {
  test('does not delay the reply of another account, and has eight calls under way', async () => {
    const { calls, other, others } = await start();
    // All slots have been used before.
    await answerAll(world.account, world.channel, range(201, 20));
    const { settle, pass } = startQueues(calls);
    for (let seconds = 0; seconds < 5; seconds += 1) await pass(1_000);
    expect(calls.sent.splice(0)).toHaveLength(20);
    calls.isSilent = (chatId) => chatId < 1_000;
    await answerAll(world.account, world.channel, range(1, 200));
    await answerAll(other, others, [1_000]);
    const before = world.clock.now();

    await settle();

    expect(calls.sent).toEqual([{ chatId: 1_000, text: 'an answer' }]);
    expect(world.clock.now()).toBe(before);
    expect(calls.underWay.size).toBe(8);
  });

  test('has sixteen calls under way together with the other silent channels of its account', async () => {
    const { calls, second, third } = await start();
    calls.isSilent = () => true;
    await answerAll(world.account, world.channel, range(1, 40));
    await answerAll(world.account, second, range(101, 40));
    await answerAll(world.account, third, range(201, 40));

    await startQueues(calls).settle();

    const perChannel = Map.groupBy(calls.underWay, ({ chatId }) => Math.floor(chatId / 100));
    expect(calls.underWay.size).toBeLessThanOrEqual(16);
    expect(Math.max(...[...perChannel.values()].map((all) => all.length))).toBeLessThanOrEqual(8);
  });

  test('leaves the quick queue after its first calls, with the chats that come later', async () => {
    const { calls } = await start();
    calls.isSilent = () => true;
    await answerAll(world.account, world.channel, range(1, 30));
    const { running, settle, pass } = startQueues(calls);
    await settle();
    expect(running).toEqual({ lanes: 8, slowLanes: 0 });

    await pass(CALL_MS);
    for (let seconds = 0; seconds < 15; seconds += 1) await pass(1_000);
    expect(running).toEqual({ lanes: 0, slowLanes: 8 });

    await answerAll(world.account, world.channel, range(300, 5));
    await settle();
    expect(running).toEqual({ lanes: 0, slowLanes: 5 });
  });

  test('leaves room for the slow replies of another account, also with the other silent channels of its account', async () => {
    const { calls, other, others, second, third } = await start();
    calls.isSilent = (chatId) => chatId < 1_000;
    for (const [index, channel] of [world.channel, second, third].entries())
      await answerAll(world.account, channel, range(index * 100 + 1, 99));
    const { running, settle, pass } = startQueues(calls);
    await settle();
    for (let seconds = 0; seconds < 60; seconds += 1) await pass(1_000);
    expect(running.slowLanes).toBeGreaterThan(8);
    // The other account's last call was slow.
    calls.takesMs = 6_000;
    await answerAll(other, others, [1_000]);
    await settle();
    for (let seconds = 0; seconds < 6; seconds += 1) await pass(1_000);
    expect(calls.sent.splice(0)).toHaveLength(1);

    await answerAll(other, others, [1_001]);
    await settle();

    expect([...calls.underWay].map(({ chatId }) => chatId)).toContain(1_001);
  });

  test('loses no reply and repeats none that arrived, once it answers again', async () => {
    const { calls } = await start();
    calls.isSilent = () => true;
    await answerAll(world.account, world.channel, range(1, 60));
    const { running, pass } = startQueues(calls);
    for (let seconds = 0; seconds < 120; seconds += 1) await pass(1_000);
    expect(calls.sent).toEqual([]);

    calls.isSilent = () => false;
    for (let seconds = 0; seconds < 1_200; seconds += 5) await pass(5_000);

    expect(calls.sent.map(({ chatId }) => chatId).sort((one, two) => one - two)).toEqual(range(1, 60));
    expect(await world.deliveries('state=pending')).toEqual([]);
    expect(running).toEqual({ lanes: 0, slowLanes: 0 });
  });
});

test('a burst of 120 replies of a channel that answers within 100 ms leaves within seconds', async () => {
  const { calls } = await start();
  await answerAll(world.account, world.channel, range(1, 120));
  calls.takesMs = 100;
  const { pass, settle } = startQueues(calls);
  await settle();
  for (let waited = 0; waited < 8_000; waited += 50) await pass(50);

  expect(calls.sent).toHaveLength(120);
});

test('a slow answer makes its channel slow until a call is quick again', async () => {
  const { calls } = await start();
  const { pass, settle } = startQueues(calls);
  const slowly = async (chatId: number) => {
    await answerAll(world.account, world.channel, [chatId]);
    await world.app.listeners['deliver-message']({ Records: world.sent.lanes.splice(0).map((body) => ({ body })) });
    const { length } = world.sent.slowLanes;
    await settle();
    return length > 0;
  };
  calls.takesMs = 5_001;
  await answerAll(world.account, world.channel, [1]);
  await settle();
  await pass(5_001);

  calls.takesMs = 0;
  const wentSlowly = [await slowly(2), await slowly(3)];

  expect(wentSlowly).toEqual([true, false]);
  expect(calls.sent.map(({ chatId }) => chatId)).toEqual([1, 2, 3]);
});
