import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventRow } from '#store/outbox/row-item';
import { answer } from '#test/calls/receiver-double';
import { createEventWorld, type EventWorld, textsOf } from '#test/functions/event-world';
import { Random } from '#test/scheduler/random';
import { START } from '#test/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let events: EventWorld;

beforeEach(async () => {
  events = await createEventWorld();
});

afterEach(() => events.stop());

const texts = () => events.receiver.calls.flatMap(textsOf);
const ids = () => events.receiver.calls.map(({ id }) => id);
const words = (count: number, clients: number) =>
  Array.from({ length: count }, (_, index) => `${index % clients} text ${String(index).padStart(4, '0')}`);

async function post(path: string, body: object) {
  const { status, body: answered } = await events.world.call('POST', `/v1/deliveries/${path}`, {
    key: events.world.account.apiKey,
    body,
  });
  expect(status).toBe(202);
  return answered;
}

const retry = () => post('retry', { target: 'webhook' });
const moment = (at: number) => new Date(at).toISOString();
const replay = (from = START, to?: number) =>
  post('replay', { target: 'webhook', from: moment(from), ...(to !== undefined && { to: moment(to) }) });

async function sweep(): Promise<void> {
  await events.world.app.listeners['sweep-lanes']();
  await events.world.drain();
}

/** Lets hours pass, each with a minute in which the lanes that are due run. */
async function passHours(count: number): Promise<void> {
  for (let minutes = 0; minutes < count * 60; minutes += 15) {
    await events.world.pass(15 * MINUTE);
    await sweep();
  }
}

test('C1 a replay tells the receiver the same once more, in the same order and under the same ids', async () => {
  const said = words(120, 7);
  await events.happens(...said);
  await events.deliver();
  const first = ids();
  events.world.clock.advance(MINUTE);

  expect(await replay()).toEqual({ count: 120 });
  await events.deliver();

  expect(texts()).toEqual([...said, ...said]);
  expect(ids()).toEqual([...first, ...first]);
  // A receiver that remembers ids has each once.
  expect(events.texts()).toEqual(said);
});

test('C1 what failed, also apart from the others, comes in order once it is retried', async () => {
  const isBad = (text: string) => text.startsWith('3 ');
  const said = words(30, 6);
  events.receiver.rule = (call) => (textsOf(call).some(isBad) ? answer(422) : undefined);
  await events.happens(...said);
  await events.deliver();
  await passHours(26);
  const failed = await events.world.deliveries();
  expect(failed.map(({ kind, target, state }) => [kind, target, state])).toEqual(
    Array.from({ length: 5 }, () => ['message', 'webhook', 'failed']),
  );
  const before = texts().length;
  events.receiver.rule = undefined;

  expect(await retry()).toEqual({ count: 5 });
  await events.deliver();

  expect(texts().slice(before)).toEqual(said.filter(isBad));
  expect(await events.world.deliveries()).toEqual([]);
});

test('C1 a retry while the receiver is ill tries at once, and loses nothing', async () => {
  events.receiver.rule = () => answer(503);
  await events.happens(...words(3, 3));
  await events.deliver();
  await events.world.pass(5 * MINUTE);
  await sweep();
  const waiting = await events.world.deliveries('state=pending');
  expect(waiting).toHaveLength(3);
  expect(waiting[0]).toMatchObject({ kind: 'message', target: 'webhook', lastError: { code: '503' } });
  const before = events.receiver.calls.length;
  events.receiver.rule = undefined;

  expect(await retry()).toEqual({ count: 0 });
  await events.deliver();

  expect(events.receiver.calls.length).toBe(before + 1);
  expect(await events.world.deliveries('state=pending')).toEqual([]);
});

test('C1 a replay of what had left apart from the others is in order with them', async () => {
  const isBad = (text: string) => text.startsWith('1 ');
  events.receiver.rule = (call) => (textsOf(call).some(isBad) ? answer(422) : undefined);
  const said = words(20, 4);
  await events.happens(...said);
  await events.deliver();
  await passHours(4);
  events.receiver.rule = undefined;
  await passHours(1);
  expect(texts().filter(isBad).length).toBeGreaterThanOrEqual(5);
  expect(await events.world.deliveries('state=pending')).toEqual([]);
  const before = texts().length;

  expect(await replay()).toEqual({ count: 20 });
  await events.deliver();

  expect(texts().slice(before)).toEqual(said);
});

test('C1 a holder that has read past a place is told of what is opened there, before it calls', async () => {
  await events.happens('3 z', '1 a', '2 x', '1 b');
  await events.deliver();
  const [z, a, x, b] = events.rows() as [EventRow, EventRow, EventRow, EventRow];
  const { lanes, reopenedRows } = events.world.store;
  const before = texts().length;
  const opens = [[x], [a, b]];
  const open = async (rows: readonly EventRow[] = []) => {
    for (const row of rows) expect(await reopenedRows.reopenTaken(row, 'replay')).toBe(true);
  };
  await open([z]);
  await lanes.announce(events.lane, [z.event]);
  await lanes.beginOpening(events.lane, a.event);
  // Each call is recorded, and then the next rows are opened.
  events.world.failing = async ({ input }) => {
    if (String(input.UpdateExpression).includes('doneAt = :now')) await open(opens.shift());
    return false;
  };

  await events.ring();
  events.world.failing = undefined;
  await lanes.announce(events.lane, [a.event]);
  await events.ring();

  expect(texts().slice(before)).toEqual(['3 z', '2 x', '1 a', '1 b']);
});

test.each([2, 3, 4])(
  'C1 what a client wrote meanwhile does not hide what is opened while the lane is read (query %i)',
  async (query) => {
    // More than are read together: the older one of the two that are opened is in the first piece, the newer in the second.
    await events.happens(...words(110, 5));
    await events.deliver();
    const rows = events.rows() as EventRow[];
    const [first, older, newer] = [rows[0], rows[96], rows[101]] as [EventRow, EventRow, EventRow];
    const { lanes, reopenedRows } = events.world.store;
    const open = (row: EventRow) => reopenedRows.reopenTaken(row, 'replay');
    const before = texts().length;
    await events.happens('1 fresh');
    await lanes.beginOpening(events.lane, first.event);
    await open(first);
    await lanes.announce(events.lane, [first.event]);
    let queries = 0;
    events.world.failing = async ({ input }) => {
      if (input.FilterExpression !== 'attribute_not_exists(#ttl)') return false;
      queries += 1;
      if (queries === query) for (const row of [older, newer]) await open(row);
      return false;
    };

    await events.ring();
    events.world.failing = undefined;
    await lanes.announce(events.lane, [older.event]);
    await events.ring();

    const told = texts().slice(before);
    expect(told.filter((text) => text.startsWith('1 text'))).toEqual(['1 text 0096', '1 text 0101']);
    expect(told.toSorted()).toEqual(['0 text 0000', '1 fresh', '1 text 0096', '1 text 0101']);
  },
);

test.each([1, 2, 3, 4])(
  'C1 replays while holders work and clients write open each once, in order (seed %i)',
  async (seed) => {
    const random = new Random(seed);
    // More than are put back together: the second part is opened while the lane is read.
    const old = words(330, 5);
    await events.happens(...old);
    await events.deliver();
    const before = texts().length;
    events.world.clock.advance(HOUR);
    events.world.failing = async ({ input }) => {
      for (let ticks = random.between(0, 6); ticks > 0; ticks -= 1) await tick();
      // Slowly, so that calls fall between two rows that are opened.
      if (String(input.UpdateExpression).includes('replayedBy')) await sleep(random.between(0, 6));
      return false;
    };

    const fresh = Array.from({ length: 20 }, (_, index) => `${index % 5} fresh ${String(index).padStart(4, '0')}`);
    let isOver = false;
    const holders = async () => {
      while (!isOver) {
        for (let ticks = random.between(0, 20); ticks > 0; ticks -= 1) await tick();
        await events.ring();
      }
    };
    const writers = async () => {
      for (const word of fresh) {
        for (let ticks = random.between(0, 100); ticks > 0; ticks -= 1) await tick();
        await events.happens(word);
      }
    };
    // What a client writes before the request is read is not told twice.
    const replaying = replay(START, events.world.clock.now()).finally(() => {
      isOver = true;
    });
    const [answered] = await Promise.all([replaying, holders(), holders(), writers()]);
    events.world.failing = undefined;
    events.world.clock.advance(2 * MINUTE);
    await sweep();

    expect(answered).toEqual({ count: 330 });
    const told = texts().slice(before);
    for (const client of ['0', '1', '2', '3', '4']) {
      const own = told.filter((text) => text.startsWith(`${client} `));
      const isFresh = (text: string) => text.includes('fresh');
      expect(own.filter((text) => !isFresh(text))).toEqual(old.filter((text) => text.startsWith(`${client} `)));
      expect(own.filter(isFresh)).toEqual(fresh.filter((text) => text.startsWith(`${client} `)));
    }
    expect(await events.world.deliveries('state=pending')).toEqual([]);
  },
);
