import { afterEach, describe, expect, test } from 'vitest';
import type { App } from '#functions/app';
import { createWorld, type World } from '#test/world';

// The clock is a fake one, so the figures are the same on every machine. `test/e2e/pace.int.test.ts` has a real one.

const PACE = { perSecond: 30, chatBurst: 4 };
const STEP_MS = 20;
/** `npm run long` plays 300. */
const CHATS = Number(process.env.PACE_CHATS ?? 40);

interface Taken {
  readonly chat: number;
  readonly text: string;
  readonly at: number;
}

let world: World;
let taken: Taken[];
let floods: number;
let visits: number;
let apps: App[];

afterEach(() => world.stop());

/** A world with so many processes that deliver messages, each with a memory of its own. */
async function start({ processes = 5, pace = PACE } = {}): Promise<void> {
  [taken, floods, visits] = [[], 0, 0];
  const onSend = (chat: unknown, text: unknown, isTaken: boolean) => {
    if (isTaken) taken.push({ chat: Number(chat), text: String(text), at: world.clock.now() });
    else floods += 1;
  };
  world = await createWorld({ bot: { pace, onSend } });
  apps = Array.from({ length: processes }, () => world.newProcess());
}

async function write(chat: number, text: string): Promise<void> {
  const { status } = await world.reply(chat, { text });
  if (status !== 201) throw new Error(`The reply was answered ${status}`);
}

/** Lets time pass until so many messages have left, or for `forMs`. */
async function run(messages: number, forMs = 600_000): Promise<void> {
  const endAt = world.clock.now() + forMs;
  while (taken.length < messages && world.clock.now() < endAt) {
    await follow();
    world.clock.advance(STEP_MS);
    const due = world.later.filter(({ at }) => at <= world.clock.now());
    world.later.splice(0, world.later.length, ...world.later.filter((one) => !due.includes(one)));
    for (const { queue, body } of due) world.sent[queue].push(body);
  }
}

/** Follows the bells of lanes, each in another process. */
async function follow(): Promise<void> {
  await world.drain({ deliver: false });
  for (const queue of ['lanes', 'slowLanes'] as const) {
    for (const body of world.sent[queue].splice(0)) {
      visits += 1;
      await apps[visits % apps.length]!.listeners['deliver-message']({ Records: [{ body }] });
    }
  }
}

const textsOf = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);
const sentTo = (chat: number) => taken.filter((one) => one.chat === chat).map(({ text }) => text);
const secondsOf = (some: readonly Taken[]) => (some.at(-1)!.at - some[0]!.at) / 1_000;

test('ten messages to each of many chats leave in order, once, in the pace of the bot', async () => {
  const [chats, each] = [CHATS, 10];
  await start();
  for (const text of textsOf(each)) for (let chat = 1; chat <= chats; chat += 1) await write(chat, text);

  await run(chats * each);

  const seconds = secondsOf(taken);
  console.log(
    `${taken.length} in ${seconds.toFixed(1)} s, ${(taken.length / seconds / 0.3).toFixed(0)} % of the pace, ` +
      `${floods} times 429, ${(visits / taken.length).toFixed(2)} holdings a message`,
  );
  for (let chat = 1; chat <= chats; chat += 1) expect(sentTo(chat)).toEqual(textsOf(each));
  expect(taken.length / seconds).toBeGreaterThan(30 * 0.95);
  expect(floods).toBe(0);
  expect(visits / taken.length).toBeLessThan(1);
});

test('a chat with 200 waiting messages delays no other', async () => {
  await start();
  for (const text of textsOf(200)) await write(1, text);
  await follow();
  for (let chat = 2; chat <= 31; chat += 1) await write(chat, 'one reply');
  const from = world.clock.now();

  await run(60, 60_000);

  const others = taken.filter(({ chat }) => chat !== 1);
  expect(others).toHaveLength(30);
  expect(others.at(-1)!.at - from).toBeLessThan(1_500);
  expect(sentTo(1)).toEqual(textsOf(sentTo(1).length));
  expect(floods).toBe(0);
});

describe('one chat', () => {
  test('gets three messages at once, and then three in three seconds', async () => {
    await start();
    for (const text of textsOf(9)) await write(1, text);
    const from = world.clock.now();

    await run(9, 20_000);

    const after = taken.map(({ at }) => Math.floor((at - from) / 1_000));
    expect(after).toEqual([0, 0, 0, 3, 3, 3, 6, 6, 6]);
    expect(sentTo(1)).toEqual(textsOf(9));
  });

  test('gets no more than that from one process, although each message finds an empty lane', async () => {
    await start({ processes: 1 });

    for (const text of textsOf(12)) {
      await write(1, text);
      await run(Number.POSITIVE_INFINITY, 200);
    }
    await run(12, 30_000);

    expect(sentTo(1)).toEqual(textsOf(12));
    expect(floods).toBe(0);
    expect(secondsOf(taken)).toBeGreaterThan(8.5);
  });

  test('gets a lone reply at once, also right after another chat has got a hundred', async () => {
    await start();
    for (const text of textsOf(100)) await write(1, text);
    await run(Number.POSITIVE_INFINITY, 1_000);
    await write(2, 'hello');
    const from = world.clock.now();

    await run(Number.POSITIVE_INFINITY, 200);

    expect(taken.find(({ chat }) => chat === 2)!.at - from).toBeLessThan(100);
  });
});

test('turns of the time in which the messenger asked to wait are lost, so that it is not flooded after it', async () => {
  await start();
  for (let chat = 1; chat <= 100; chat += 1) for (const text of textsOf(2)) await write(chat, text);
  await run(60);
  world.bot.answerNext('sendMessage', {
    status: 429,
    body: { ok: false, error_code: 429, parameters: { retry_after: 12 } },
  });

  await run(200);

  expect(taken).toHaveLength(200);
  expect(floods).toBe(0);
  for (let chat = 1; chat <= 100; chat += 1) expect(sentTo(chat)).toEqual(textsOf(2));
});
