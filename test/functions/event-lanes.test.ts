import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_ASIDE, STRIKES } from '#domain/set-aside';
import { asideLane, readEventLane } from '#store/outbox/lane-names';
import { answer } from '#test/calls/receiver-double';
import { createEventWorld, type EventWorld, textsOf } from '#test/functions/event-world';
import { type Asked, START } from '#test/world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let events: EventWorld;

beforeEach(async () => {
  events = await createEventWorld();
});
afterEach(() => events.stop());

/** Lets time pass, with the sweep of every minute. */
async function pass(ms: number): Promise<void> {
  await events.world.pass(ms);
  await events.world.app.listeners['sweep-lanes']();
  await events.world.drain();
}

const subjectOf = (client: number) => readEventLane(events.asideOf(client)).subject as string;

test('C1 a subject that takes the last place aside is not overtaken when another one finds none', async () => {
  const { store, clock, account } = events.world;
  const others = Array.from({ length: MOST_ASIDE - 1 }, (_, index) => `other${index}`);
  for (const subject of others) await store.lanes.announce(asideLane(account.accountId, subject), ['9']);
  await events.happens('1 bad', '2 bad', '3 good', '3 more');
  const strikes = { [subjectOf(1)]: STRIKES - 1, [subjectOf(2)]: STRIKES - 1 };
  const kept = { aside: others, strikes, suspects: [subjectOf(1), subjectOf(2)], singlyUpTo: ':' };
  await store.lanes.take(events.lane, 'token');
  const tried = { attempts: 0, calls: 0, waits: 0, slow: false };
  await store.lanes.postpone(events.lane, 'token', clock.now(), tried, { from: '0', memo: [], kept });
  events.receiver.rule = (call) => (textsOf(call).some((text) => text.includes('bad')) ? answer(422) : undefined);
  await events.ring();
  await events.happens('1 later');

  for (let minutes = 0; minutes < 40; minutes += 1) await pass(MINUTE);
  events.receiver.rule = undefined;
  for (let minutes = 0; minutes < 40; minutes += 1) await pass(MINUTE);

  const own = (client: string) => events.texts().filter((text) => text.startsWith(client));
  expect(own('1')).toEqual(['1 bad', '1 later']);
  expect(own('2')).toEqual(['2 bad']);
});

test('C1 a row that a replay opens before the next holder has marked the rest of its batch leaves once more', async () => {
  await events.happens('1 one', '2 two', '3 three');
  const isDone = ({ kind, input }: Asked) =>
    kind === 'UpdateCommand' && String(input.UpdateExpression).includes('doneAt');
  let marked = 0;
  events.world.failing = (asked) => {
    if (isDone(asked)) marked += 1;
    return marked > 1;
  };
  await events.ring().catch(() => {});
  events.world.failing = undefined;
  const [again] = events.rows().filter(({ state }) => state === 'done');
  events.world.clock.advance(SECOND);
  const body = { target: 'webhook', from: new Date(START).toISOString() };
  const { body: answered } = await events.world.call('POST', '/v1/deliveries/replay', {
    key: events.world.account.apiKey,
    body,
  });
  expect(answered).toEqual({ count: 1 });

  for (let minutes = 0; minutes < 3; minutes += 1) await pass(MINUTE);

  expect(again?.event).toBe(events.rows()[0]?.event);
  expect(events.receiver.calls.map(textsOf)).toEqual([['1 one', '2 two', '3 three'], ['1 one']]);
  expect(events.rows().map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

describe('rows that have left', () => {
  const QUERY_MS = 3 * SECOND;

  /** Puts rows of one event into the lane, older than it, as if they had left. */
  async function fill(lane: string, count: number, bytes: number): Promise<void> {
    const { db } = events.world;
    const row = db.items('outbox').find(({ l, e }) => l === events.lane && e !== '-');
    const left = { ...row, l: lane, ttl: START / 1000 + 7 * 86_400, doneAt: START, padding: 'x'.repeat(bytes) };
    for (let index = 0; index < count; index += 1) {
      const e = `1${String(index).padStart(12, '0')}#left`;
      db.apply(new PutCommand({ TableName: 'outbox', Item: { ...left, e } }));
    }
  }

  /** Counts the queries of a lane while that runs. Each takes some time, in which the lease must not end. */
  async function queriesOf(lane: string, ms: number, run: () => Promise<void>) {
    const { world } = events;
    let count = 0;
    let leastLease = Number.POSITIVE_INFINITY;
    world.failing = ({ kind, input }) => {
      if (kind !== 'QueryCommand' || input.ExpressionAttributeValues?.[':lane'] !== lane) return false;
      count += 1;
      world.clock.advance(ms);
      const item = world.db.items('outbox').find(({ l, e }) => l === events.lane && e === '-');
      leastLease = Math.min(leastLease, Number(item?.leaseUntil) - world.clock.now());
      return false;
    };
    await run();
    world.failing = undefined;
    return { count, leastLease };
  }

  test('are read past in few queries', async () => {
    await events.happens('1 one');
    await fill(events.lane, 3_000, 0);
    await events.world.store.lanes.announce(events.lane, ['1']);

    const { count } = await queriesOf(events.lane, 0, () => events.ring());

    expect(events.texts()).toEqual(['1 one']);
    expect(count).toBeLessThan(13);
  });

  test('C1 are read past without losing the lease, however many they are', async () => {
    await events.happens('1 one');
    await fill(events.lane, 240, 100_000);
    await events.world.store.lanes.announce(events.lane, ['1']);

    const { count, leastLease } = await queriesOf(events.lane, QUERY_MS, () => events.ring());

    expect(count).toBeGreaterThan(20);
    expect(leastLease).toBeGreaterThan(0);
    for (let minutes = 0; minutes < 3; minutes += 1) await pass(MINUTE);
    expect(events.texts()).toEqual(['1 one']);
  });

  test('aside are read past in few queries', async () => {
    await events.happens('1 one');
    await fill(events.asideOf(1), 500, 0);
    const { store, clock } = events.world;
    await store.lanes.take(events.lane, 'token');
    const tried = { attempts: 0, calls: 0, waits: 0, slow: false };
    const kept = { aside: [subjectOf(1)] };
    await store.lanes.postpone(events.lane, 'token', clock.now(), tried, { from: '0', memo: [], kept });

    const { count } = await queriesOf(events.asideOf(1), 0, () => events.ring());

    expect(events.texts()).toEqual(['1 one']);
    expect(count).toBeLessThan(10);
  });
});

test('C1 a replay does not open a row that was set aside since it was read', async () => {
  await events.happens('1 one');
  await events.deliver();
  const { db, clock, account } = events.world;
  events.world.failing = ({ kind, input }) => {
    if (kind !== 'UpdateCommand' || !input.ExpressionAttributeValues?.[':replay']) return false;
    events.world.failing = undefined;
    // Another replay opened it meanwhile, and its receiver refuses it.
    const taken = db.items('outbox').find(({ l, e }) => l === events.lane && e !== '-');
    const { ttl, doneAt, ...waits } = taken as Record<string, unknown>;
    db.apply(new PutCommand({ TableName: 'outbox', Item: { ...waits, l: events.asideOf(1) } }));
    db.apply(new PutCommand({ TableName: 'outbox', Item: { ...waits, ttl, doneAt, movedTo: events.asideOf(1) } }));
    return false;
  };
  clock.advance(SECOND);
  const body = { target: 'webhook', from: new Date(START).toISOString() };

  await events.world.call('POST', '/v1/deliveries/replay', { key: account.apiKey, body });

  expect(events.world.failing).toBeUndefined();
  expect(events.rows().map(({ state }) => state)).toEqual(['done']);
  expect(events.rows(events.asideOf(1)).map(({ state }) => state)).toEqual(['pending']);
});

test('C1 C2 a reply that was given up after a day is told with its message', async () => {
  const { world } = events;
  await events.happens('1 hello');
  await events.deliver();
  await world.reply(1, { text: 'Good day' });
  await world.drain({ deliver: false });
  world.clock.advance(25 * HOUR);
  await world.app.listeners['deliver-message']({ Records: world.sent.lanes.splice(0).map((body) => ({ body })) });
  await world.drain();

  const told = events.receiver.calls.at(-1)?.body;
  expect(told).toMatchObject({ messages: [{ text: 'Good day', status: 'error' }], statuses: [{ status: 'error' }] });
  expect(events.rows().filter(({ state }) => state === 'failed')).toEqual([]);
});

test('C1 what was told so long ago that its row is gone is not told again', async () => {
  const { world } = events;
  await events.happens('1 hello');
  await events.deliver();
  await world.reply(1, { text: 'Good day' });
  await world.drain();
  const before = events.receiver.calls.length;
  world.clock.advance(10 * 24 * HOUR);
  for (const { l, e } of world.db.items('outbox'))
    world.db.apply(new DeleteCommand({ TableName: 'outbox', Key: { l, e } }));

  await world.app.listeners['watch-chats']({ since: new Date(START).toISOString() });
  await world.drain();
  expect(events.receiver.calls.slice(before)).toEqual([]);
});

test('C1 a holder whose writes meet a transaction on its lane records what was taken', async () => {
  await events.happens('1 one', '2 two');
  const met = new Set<string>();
  events.world.failing = ({ kind, input }) => {
    const write = JSON.stringify(input);
    if (kind === 'QueryCommand' || kind.includes('Get') || input.TableName !== 'outbox' || met.has(write)) return false;
    met.add(write);
    throw Object.assign(new Error('Conflict'), { name: 'TransactionConflictException' });
  };

  await events.ring();

  events.world.failing = undefined;
  expect(met.size).toBeGreaterThan(3);
  expect(events.receiver.calls.map(textsOf)).toEqual([['1 one', '2 two']]);
  expect(events.rows().map(({ state }) => state)).toEqual(['done', 'done']);
  expect(events.laneItem()).toBeUndefined();
});
