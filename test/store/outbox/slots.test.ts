import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LEASE_MS } from '#domain/delivery';
import { SLOT_LIMITS, slotsOf, slotWaitMs } from '#domain/slots';
import { createSlots, type Slots } from '#store/outbox/slots';
import { createWorld, type World } from '#test/world';

const STATE = { from: '0' };

let world: World;
let slots: Slots;
let held: number;

beforeEach(async () => {
  world = await createWorld();
  const client = { send: async (command: never) => world.db.apply(command) } as never;
  slots = createSlots({ client, clock: world.clock, tables: { outbox: 'outbox' } } as never);
  held = 0;
});

afterEach(() => world.stop());

/** Takes a new lane, and with it a slot. */
async function take(receiver = 'channel', account = 'account') {
  held += 1;
  const caller = { account, receiver, lane: `lane${held}`, token: `token${held}` };
  await world.store.lanes.announce(caller.lane, ['0000000000001#a']);
  expect(await world.store.lanes.take(caller.lane, caller.token)).toMatchObject({ outcome: 'taken' });
  return { ...caller, hasSlot: (await slots.take(caller)).kind === 'taken' };
}

async function takeMany(times: number, receiver?: string, account?: string): Promise<number> {
  let got = 0;
  for (let time = 0; time < times; time += 1) if ((await take(receiver, account)).hasSlot) got += 1;
  return got;
}

describe('slots', () => {
  test('are eight for a channel, and sixteen for its account', async () => {
    expect(await takeMany(9)).toBe(8);
    const others = (await takeMany(8, 'second')) + (await takeMany(8, 'third')) + (await takeMany(8, 'fourth'));
    expect(others).toBeLessThanOrEqual(8);
    expect(await takeMany(8, 'channel', 'other account')).toBe(8);
  });

  test.each([
    { name: 'is given back', letGo: (lane: string, token: string) => world.store.lanes.letGo(lane, token, STATE) },
    {
      name: 'has to wait',
      letGo: (lane: string, token: string) =>
        world.store.lanes.postpone(
          lane,
          token,
          world.clock.now() + 1,
          { attempts: 1, calls: 1, waits: 0, slow: true },
          STATE,
        ),
    },
    { name: 'was lost, because its holder died', letGo: async () => world.clock.advance(LEASE_MS) },
  ])('are free again when the lane $name', async ({ letGo }) => {
    const first = await take();
    await takeMany(7);
    expect(await takeMany(1)).toBe(0);

    await letGo(first.lane, first.token);

    expect(await takeMany(1)).toBe(1);
  });

  test('stay taken while the lane is renewed', async () => {
    const all = [];
    for (let count = 0; count < 8; count += 1) all.push(await take());
    world.clock.advance(LEASE_MS / 2);
    for (const { lane, token } of all) await world.store.lanes.renew(lane, token, STATE);
    world.clock.advance(LEASE_MS / 2 + 1);

    expect(await takeMany(1)).toBe(0);
  });

  test('are taken once by one holder, also if the answer to the first try was lost', async () => {
    const first = await take();
    expect(await slots.take(first)).toEqual({ kind: 'taken' });
    expect(await takeMany(8)).toBe(7);
  });

  test.each([
    { name: 'nothing', item: {} },
    { name: 'a lane without a token', item: { lane: 'lane1' } },
    { name: 'a token without a lane', item: { token: 'token1' } },
    { name: 'an empty lane', item: { lane: '', token: 'token1' } },
    { name: 'other types', item: { lane: 5, token: { of: 'lane1' } } },
  ])('are taken although their items hold $name', async ({ item }) => {
    await take('channel', 'elsewhere');
    for (let slot = 0; slot < SLOT_LIMITS.perAccount; slot += 1) {
      const Item = { l: 'slots#account', e: String(slot).padStart(2, '0'), ...item };
      world.db.apply(new PutCommand({ TableName: 'outbox', Item }));
    }

    expect(await takeMany(9)).toBe(8);
  });

  test('are all taken by callers at once, and none twice', async () => {
    const callers = await Promise.all(Array.from({ length: 20 }, () => take()));

    expect(callers.filter(({ hasSlot }) => hasSlot)).toHaveLength(8);
  });

  test('are taken over by callers at once, and none twice', async () => {
    const before = await Promise.all(Array.from({ length: 8 }, () => take()));
    for (const { lane, token } of before) await world.store.lanes.letGo(lane, token, STATE);

    const callers = await Promise.all(Array.from({ length: 20 }, () => take()));

    expect(callers.filter(({ hasSlot }) => hasSlot)).toHaveLength(8);
  });
});

describe('slots that need rest', () => {
  const REST_MS = 250;

  async function run(calls: number, isPaid = false, receiver = 'channel') {
    const { hasSlot: _, ...caller } = await taken(receiver);
    return { caller, got: await slots.take(caller, { calls, restMs: REST_MS, isPaid }) };
  }

  /** A new lane without a slot. */
  async function taken(receiver: string) {
    held += 1;
    const caller = { account: 'account', receiver, lane: `lane${held}`, token: `token${held}` };
    await world.store.lanes.announce(caller.lane, ['0000000000001#a']);
    await world.store.lanes.take(caller.lane, caller.token);
    return { ...caller, hasSlot: false };
  }

  async function runMany(times: number, calls: number) {
    const got = [];
    for (let time = 0; time < times; time += 1) {
      const { caller, got: one } = await run(calls);
      if (one.kind === 'taken') await world.store.lanes.letGo(caller.lane, caller.token, STATE);
      got.push(one.kind === 'turn' ? one.at - world.clock.now() : one.kind);
    }
    return got;
  }

  test('let eight runs begin at once, and give the others turns in the pace of the channel', async () => {
    expect(await runMany(8, 2)).toEqual(Array(8).fill('taken'));
    expect(await runMany(8, 1)).toEqual(Array(8).fill(500));
    expect(await runMany(9, 4)).toEqual([...Array(8).fill(750), 1_750]);
  });

  test('are rested later', async () => {
    await runMany(8, 2);
    world.clock.advance(499);
    expect(await runMany(1, 1)).toEqual([1]);
    world.clock.advance(1);
    expect(await runMany(8, 1)).toEqual([...Array(7).fill('taken'), 250]);
  });

  test('serve a turn that was paid for, and what needs no rest, although they have not rested', async () => {
    await runMany(8, 100);

    expect((await run(1, true)).got).toEqual({ kind: 'taken' });
    expect((await take()).hasSlot).toBe(true);
    expect((await run(1)).got).toMatchObject({ kind: 'turn' });
  });

  test('keep their rest under the next holder', async () => {
    await runMany(8, 2);
    for (let slot = 0; slot < 8; slot += 1) await run(1, true);

    expect(await runMany(1, 1)).toEqual([500]);
  });

  test('have no turn that is further ahead than ten minutes', async () => {
    await runMany(8, 4 * 60 * 11);

    expect(await runMany(1, 1)).toEqual(['full']);
  });

  test('are full if those that have rested are held', async () => {
    for (let slot = 0; slot < 8; slot += 1) await run(1);
    world.clock.advance(REST_MS);

    expect((await run(1)).got).toEqual({ kind: 'full' });
  });

  test('let a holder make more calls when it is its turn', async () => {
    const { caller } = await run(1);
    const more = () => slots.queueMore(caller, { calls: 1, restMs: REST_MS, isPaid: false });

    const turns = [];
    for (let call = 0; call < 9; call += 1) turns.push(((await more()) ?? 0) - world.clock.now());

    // Seven slots have rested, and then come the turns.
    expect(turns).toEqual([...Array(7).fill(0), 250, 250]);
  });

  test('give turns to many at once, none twice', async () => {
    await runMany(8, 1);
    const callers = await Promise.all(Array.from({ length: 24 }, () => run(1)));

    const turns = callers.map(({ got }) => (got.kind === 'turn' ? got.at - world.clock.now() : got.kind));
    expect(turns.filter((turn) => typeof turn === 'number').length).toBeGreaterThan(12);
    for (const at of new Set(turns)) {
      if (typeof at === 'number') expect(turns.filter((turn) => turn === at).length).toBeLessThanOrEqual(8);
    }
  });
});

test('the slots of a channel are eight of sixteen, the same each time, and others for another channel', () => {
  const names = Array.from({ length: 100 }, (_, index) => `channel ${index}`);
  const sets = names.map((name) => slotsOf(name));

  for (const set of sets) {
    expect(new Set(set).size).toBe(SLOT_LIMITS.perReceiver);
    expect(Math.max(...set)).toBeLessThan(SLOT_LIMITS.perAccount);
  }
  expect(slotsOf('channel 1')).toEqual(sets[1]);
  expect(new Set(sets.map((set) => set.toSorted().join())).size).toBeGreaterThan(90);
});

test.each([
  [0, 1_000, 2_000],
  [3, 1_000, 2_000],
  [4, 2_000, 4_000],
  [20, 32_000, 64_000],
  [2_000, 32_000, 64_000],
])('the wait after %d waits without a slot is from %d to %d ms', (waits, least, most) => {
  const all = Array.from({ length: 50 }, (_, index) => slotWaitMs(waits, `token${index}`));

  expect(Math.min(...all)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...all)).toBeLessThan(most);
  expect(new Set(all).size).toBeGreaterThan(40);
});
