import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, type Behaviour, type ReceivedCall } from '#test/calls/receiver-double';
import { createEventWorld, type EventWorld, textsOf } from '#test/functions/event-world';
import type { Asked } from '#test/world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const QUICK_MS = 10 * SECOND;
const SLOW_MS = 30 * SECOND;

let events: EventWorld;
/** How many answers have begun to come. */
let heads: number;

beforeEach(async () => {
  heads = 0;
  events = await createEventWorld({
    fetch: async (...call) => {
      const response = await fetch(...call);
      heads += 1;
      return response;
    },
  });
});
afterEach(() => events.stop());

/** The calls, each as its texts. */
const calls = () => events.receiver.calls.map(textsOf);
const ids = () => events.receiver.calls.map(({ id }) => id);
const states = (lane?: string) => events.rows(lane).map(({ state }) => state);
const laneItem = (lane?: string) => events.laneItem(lane);

/** Refuses every call in which one of the texts is. */
function refusing(status: number, isBad: (text: string) => boolean) {
  events.receiver.rule = (call) => (textsOf(call).some(isBad) ? answer(status) : undefined);
}

/** Lets time pass, with the sweep of every minute. */
async function pass(ms: number): Promise<void> {
  await events.world.pass(ms);
  await events.world.app.listeners['sweep-lanes']();
  await events.world.drain();
}

/** Delivers while a call gets no answer, or one that begins and does not end. It ends when its deadline has passed. */
async function deliverUntil(deadlineMs: number, { begins = false } = {}): Promise<void> {
  const { receiver, world } = events;
  const [before, known] = [receiver.calls.length, heads];
  const running = events.deliver();
  await receiver.came(before + 1);
  while (begins && heads === known) await turn();
  world.clock.advance(deadlineMs);
  await running;
}

describe('an event', () => {
  test('C1 leaves once, signed, with the key of the CRM', async () => {
    await events.register({ crmKey: 'key of the CRM' });
    await events.happens('1 hello');

    await events.deliver();
    await events.deliver();

    const [call, ...more] = events.receiver.calls as [ReceivedCall];
    expect(more).toEqual([]);
    expect(call.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer key of the CRM',
      'user-agent': 'Konvert',
    });
    expect(call.body).toMatchObject({ messages: [{ chatId: '1', text: '1 hello', status: 'inbound' }] });
    expect(events.receiver.isSigned(call, events.secret)).toBe(true);
    expect(states()).toEqual(['done']);
    expect(laneItem()).toBeUndefined();
  });

  test('has no header `Authorization` without a key', async () => {
    await events.happens('1 hello');
    await events.deliver();

    expect(events.receiver.calls[0]?.headers).not.toHaveProperty('authorization');
  });

  test('leaves no word of it in the log: neither text, person, address nor key', async () => {
    await events.register({ uri: `${events.receiver.url}?secret=word`, crmKey: 'key of the CRM' });
    events.receiver.next(answer(503), answer(200));
    await events.happens('79161234567 hello');
    await events.deliver();
    await pass(5 * SECOND);

    const lines = events.world.logs.filter((line) => 'deliverEvents' in line);
    expect(lines).toMatchObject([
      { count: 1, calls: 1, outcome: 'ill', status: 503 },
      { count: 1, calls: 2, outcome: 'taken', status: 200 },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/hello|7916|127\.0\.0\.1|hook|word|CRM|Client|event#/);
    expect(JSON.stringify(lines)).not.toContain(events.world.account.accountId);
  });
});

test('a burst leaves in batches of fifty, in order', async () => {
  const words = Array.from({ length: 120 }, (_, index) => `${index % 7} text ${index}`);
  await events.happens(...words);

  await events.deliver();

  expect(calls().map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(events.texts()).toEqual(words);
  expect(new Set(states())).toEqual(new Set(['done']));
});

test('a call has 512 KB at most', async () => {
  // In JSON each of these is six bytes long.
  const words = Array.from({ length: 50 }, (_, index) => `1 ${index} ${'\u0001'.repeat(4_000)}x`);
  await events.happens(...words);

  await events.deliver();

  const sizes = events.receiver.calls.map(({ raw }) => Buffer.byteLength(raw));
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(513 * 1024);
  expect(events.texts()).toEqual(words);
});

test('an event of which the fact is gone fails, and the others leave', async () => {
  await events.happens('1 one', '2 two', '3 three');
  const { c, k } = events.world.db.items('messages').find(({ c }) => String(c).endsWith('#2')) as Record<
    string,
    string
  >;
  events.world.db.apply(new DeleteCommand({ TableName: 'messages', Key: { c, k } }));

  await events.deliver();

  expect(events.texts()).toEqual(['1 one', '3 three']);
  expect(events.rows()).toMatchObject([
    { state: 'done' },
    { state: 'failed', lastError: { code: 'NO_FACT' } },
    { state: 'done' },
  ]);
});

test('an event of the team names the client of the chat', async () => {
  await events.happens('1 one');
  const { channelId } = events.world.channel;
  const body = { channelId, chatType: 'telegram', chatId: '1', text: 'an answer' };
  await events.world.call('POST', '/v3/message', { key: events.world.account.apiKey, body });
  await events.deliver();

  const bodies = events.receiver.calls.map((call) => call.body);
  expect(bodies.at(-1)).toMatchObject({
    messages: [{ text: 'an answer', isEcho: true, status: 'sent', contact: { name: 'Client 1' } }],
    statuses: [{ status: 'sent' }],
  });
});

test('states of channels leave alone, in their order between the messages', async () => {
  await events.happens('1 one');
  await events.switchChannel(false);
  await events.switchChannel(true);
  await events.happens('1 two', '2 three');

  await events.deliver();

  const bodies = events.receiver.calls.map(({ body }) => body.channelsUpdates?.[0].state ?? textsOf({ body }));
  expect(bodies).toEqual([['1 one'], 'disabled', 'active', ['1 two', '2 three']]);
});

describe('a receiver that does not take a batch', () => {
  const ill: readonly { says: string; does: Behaviour; code: string; hangs?: true }[] = [
    { says: 'answers 503', does: answer(503), code: '503' },
    { says: 'answers 401', does: answer(401), code: '401' },
    { says: 'answers 404', does: answer(404), code: '404' },
    { says: 'answers 429', does: answer(429), code: '429' },
    { says: 'redirects', does: answer(302, '', { location: '/elsewhere' }), code: '302' },
    { says: 'resets', does: { kind: 'reset' }, code: 'UNREACHABLE' },
    { says: 'has it and resets', does: { kind: 'reset', keeps: true }, code: 'UNREACHABLE' },
    { says: 'closes the connection', does: { kind: 'close' }, code: 'UNREACHABLE' },
    { says: 'speaks no HTTP', does: { kind: 'raw', bytes: 'SSH-2.0-OpenSSH\r\n' }, code: 'UNREACHABLE' },
    { says: 'hangs', does: { kind: 'hang' }, code: 'UNREACHABLE', hangs: true },
    { says: 'has it and hangs', does: { kind: 'hang', keeps: true }, code: 'UNREACHABLE', hangs: true },
  ];

  test.each(ill)(
    'because it $says gets the same again, and then what came meanwhile',
    async ({ does, code, hangs }) => {
      events.receiver.next(does);
      await events.happens('1 one', '2 two', '1 three');
      await (hangs ? deliverUntil(QUICK_MS) : events.deliver());
      expect(laneItem()).toMatchObject({ attempts: 1, lastError: { code } });
      await events.happens('1 four');
      await events.deliver();
      expect(events.receiver.calls).toHaveLength(1);

      await pass(5 * SECOND);

      expect(calls()).toEqual([['1 one', '2 two', '1 three'], ['1 one', '2 two', '1 three'], ['1 four']]);
      expect(ids()[1]).toBe(ids()[0]);
      expect(events.receiver.calls.at(1)?.raw).toBe(events.receiver.calls.at(0)?.raw);
      expect(events.texts()).toEqual(['1 one', '2 two', '1 three', '1 four']);
      expect(laneItem()).toBeUndefined();
    },
  );

  test('because it is down gets everything when it comes back after hours, each once and in order (K27)', async () => {
    await events.receiver.goDown();
    const said: string[] = [];
    for (let hour = 0; hour < 9; hour += 1) {
      const words = [`1 at ${hour}`, `2 at ${hour}`];
      said.push(...words);
      await events.happens(...words);
      await events.deliver();
      for (let quarters = 0; quarters < 4; quarters += 1) await pass(15 * MINUTE);
    }
    expect(events.receiver.calls).toEqual([]);

    await events.receiver.comeBack();
    for (let quarters = 0; quarters < 2; quarters += 1) await pass(15 * MINUTE);

    expect(calls().flat()).toEqual(said);
    expect(new Set(ids()).size).toBe(ids().length);
    expect(new Set(states())).toEqual(new Set(['done']));
  });

  test('waits 5 s at first, then twice as long each time, up to 15 minutes', async () => {
    events.receiver.rule = () => answer(503);
    await events.happens('1 one');
    await events.deliver();
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) {
      const wait = Number(laneItem()?.nextAt) - events.world.clock.now();
      waits.push(wait / SECOND);
      await events.world.pass(wait);
    }

    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });
});

test.each([
  { says: 'sends 10 MB', does: answer(200, 'x'.repeat(10_000_000)) },
  { says: 'says more bytes than it sends', does: { kind: 'lie', status: 200, says: 1_000, bytes: 10 } as const },
  { says: 'says fewer bytes than it sends', does: { kind: 'lie', status: 200, says: 5, bytes: 1_000 } as const },
  { says: 'answers a page of HTML', does: answer(200, '<html>') },
  { says: 'answers nothing', does: answer(204) },
])('a receiver that takes a batch and $says gets it once', async ({ does }) => {
  events.receiver.next(does);
  await events.happens('1 one', '2 two');

  await events.deliver();
  await pass(HOUR);

  expect(calls()).toEqual([['1 one', '2 two']]);
  expect(states()).toEqual(['done', 'done']);
});

test('a receiver that takes a batch and hangs in its answer gets it once, as a slow one', async () => {
  events.receiver.next({ kind: 'hang-in-body', status: 200 });
  await events.happens('1 one', '2 two');

  await deliverUntil(QUICK_MS, { begins: true });
  await pass(HOUR);

  expect(calls()).toEqual([['1 one', '2 two']]);
});

test.each([503, 500])('the list of deliveries says how often a receiver was asked that answers %i', async (status) => {
  events.receiver.rule = () => answer(status);
  await events.happens('1 one');
  await events.deliver();
  await events.world.pass(5 * SECOND);
  await events.happens('1 two');
  await events.deliver();
  expect(await events.world.deliveries('state=pending')).toMatchObject([{ attempts: 2 }, { attempts: 0 }]);

  await pass(25 * HOUR);
  await pass(HOUR);

  const failed = await events.world.deliveries();
  expect(failed.filter(({ lastError }) => lastError?.code === String(status))).toHaveLength(2);
  expect(failed.map(({ attempts }) => attempts)).toContain(events.receiver.calls.length);
});

describe('24 hours', () => {
  test('are the end of an event, with the last error; newer ones leave on', async () => {
    events.receiver.rule = () => answer(503);
    await events.happens('1 one', '2 two');
    await events.deliver();
    for (let quarters = 0; quarters < 90; quarters += 1) await pass(15 * MINUTE);
    await events.happens('1 three');
    for (let quarters = 0; quarters < 8; quarters += 1) await pass(15 * MINUTE);
    events.receiver.rule = undefined;
    await pass(15 * MINUTE);

    expect(events.rows()).toMatchObject([
      { state: 'failed', lastError: { code: '503' } },
      { state: 'failed', lastError: { code: '503' } },
      { state: 'done' },
    ]);
    expect(events.texts()).toEqual(['1 three']);
  });

  test('that end a part of a batch leave its id as it was', async () => {
    events.receiver.next({ kind: 'reset', keeps: true });
    events.receiver.rule = undefined;
    await events.happens('1 one');
    events.world.clock.advance(HOUR);
    await events.happens('2 two');
    await events.deliver();
    events.receiver.rule = () => answer(503);
    for (let quarters = 0; quarters < 4 * 23 + 2; quarters += 1) await pass(15 * MINUTE);
    events.receiver.rule = undefined;
    await pass(15 * MINUTE);

    expect(states()).toEqual(['failed', 'done']);
    expect(calls().at(-1)).toEqual(['2 two']);
    expect(new Set(ids()).size).toBe(1);
  });

  test('do not count while the account is disabled', async () => {
    await events.happens('1 one');
    await events.world.store.accounts.setEnabled(events.world.account.accountId, false);
    events.world.clock.advance(11 * SECOND);
    await events.deliver();
    for (let hours = 0; hours < 30; hours += 1) await pass(HOUR);
    expect(events.receiver.calls).toEqual([]);
    expect(states()).toEqual(['pending']);

    await events.world.store.accounts.setEnabled(events.world.account.accountId, true);
    await pass(11 * SECOND);
    await pass(5 * MINUTE);

    expect(calls()).toEqual([['1 one']]);
  });
});

describe('a bad event', () => {
  const isBad = (text: string) => text.includes('bad');

  test('is set aside with its subject while others flow, and heals in order', async () => {
    refusing(400, isBad);
    await events.happens('1 bad', '2 a', '3 b', '1 after', '2 c', '3 d', '4 e', '2 f');
    await events.deliver();
    expect(events.texts()).toEqual(['2 a', '3 b', '2 c', '3 d', '4 e', '2 f']);
    expect(states(events.asideOf(1))).toEqual(['pending', 'pending']);
    expect(laneItem()).toMatchObject({ kept: { aside: [expect.any(String)] } });
    expect(laneItem()).not.toHaveProperty('nextAt');

    // Newer ones of the subject go behind the older ones, those of others leave at once.
    await events.happens('2 g', '1 later', '3 h');
    await events.deliver();
    expect(events.texts().slice(6)).toEqual(['2 g', '3 h']);

    events.receiver.rule = undefined;
    await pass(15 * MINUTE);
    expect(events.texts().slice(8)).toEqual(['1 bad', '1 after', '1 later']);
    await events.happens('1 again', '2 i');
    await events.deliver();

    expect(events.texts().slice(11)).toEqual(['1 again', '2 i']);
    expect(laneItem()).toBeUndefined();
    expect(laneItem(events.asideOf(1))).toBeUndefined();
  });

  test('gets five strikes, each with a control that was taken', async () => {
    refusing(422, isBad);
    await events.happens('1 bad', '2 a', '2 b', '2 c', '2 d', '2 e', '2 f');
    await events.deliver();

    expect(calls().slice(0, 11)).toEqual([
      ['1 bad', '2 a', '2 b', '2 c', '2 d', '2 e', '2 f'],
      ...['a', 'b', 'c', 'd', 'e'].flatMap((word) => [['1 bad'], [`2 ${word}`]]),
    ]);
    expect(states(events.asideOf(1))).toEqual(['pending']);
  });

  test('that waits alone is set aside after five refusals, and then holds up nobody', async () => {
    refusing(500, isBad);
    await events.happens('1 bad');
    await events.deliver();
    for (let seconds = 0; seconds < 80; seconds += 5) await pass(5 * SECOND);
    expect(events.receiver.calls.length).toBeGreaterThanOrEqual(5);
    expect(states(events.asideOf(1))).toEqual(['pending']);

    await events.happens('2 a');
    await events.deliver();

    expect(events.texts()).toEqual(['2 a']);
  });

  test('fails after 24 hours in its own lane, with the last error; the rest of its subject then leaves', async () => {
    refusing(400, isBad);
    await events.happens('1 bad', '2 a', '2 b', '2 c', '2 d', '2 e');
    await events.deliver();
    events.world.clock.advance(MINUTE);
    await events.happens('1 good');
    await events.deliver();
    events.world.clock.advance(HOUR);
    await events.happens('1 newer');
    await events.deliver();
    for (let quarters = 0; quarters < 97; quarters += 1) await pass(15 * MINUTE);

    expect(events.rows(events.asideOf(1))).toMatchObject([
      { state: 'failed', lastError: { code: '400' } },
      { state: 'done' },
      { state: 'done' },
    ]);
    expect(events.texts().slice(-2)).toEqual(['1 good', '1 newer']);
  });

  test('beside another bad one holds up nobody', async () => {
    refusing(400, isBad);
    await events.happens('1 bad', '2 bad', '3 a', '3 b', '3 c', '3 d', '3 e', '3 f');
    await events.deliver();
    for (let seconds = 0; seconds < 300; seconds += 5) await pass(5 * SECOND);

    expect(events.texts()).toEqual(['3 a', '3 b', '3 c', '3 d', '3 e', '3 f']);
    expect([...states(events.asideOf(1)), ...states(events.asideOf(2))]).toEqual(['pending', 'pending']);
  });
});

test('a batch that is refused although no event of it is bad leaves one at a time', async () => {
  events.receiver.rule = (call) => (textsOf(call).length > 1 ? answer(413) : undefined);
  await events.happens('1 one', '2 two', '1 three');
  await events.deliver();

  expect(calls()).toEqual([['1 one', '2 two', '1 three'], ['1 one'], ['2 two'], ['1 three']]);
  expect(laneItem()).toBeUndefined();
});

test('a receiver that answers 500 to everything is ill: nothing is set aside, and everything leaves when it is well', async () => {
  events.receiver.rule = () => answer(500);
  await events.happens('1 one', '2 two', '1 three', '3 four');
  await events.deliver();
  for (let quarters = 0; quarters < 8; quarters += 1) await pass(15 * MINUTE);
  const before = events.receiver.calls.length;
  await pass(15 * MINUTE);
  expect(events.receiver.calls.length - before).toBeLessThanOrEqual(4);

  events.receiver.rule = undefined;
  for (let quarters = 0; quarters < 3; quarters += 1) await pass(15 * MINUTE);

  expect([...events.texts()].sort()).toEqual(['1 one', '1 three', '2 two', '3 four']);
  expect(events.texts().indexOf('1 one')).toBeLessThan(events.texts().indexOf('1 three'));
  expect(laneItem()).toBeUndefined();
});

test('a refusal right after a call without an answer does not split the batch', async () => {
  events.receiver.next({ kind: 'reset', keeps: true }, answer(409), answer(200));
  await events.happens('1 one', '2 two');
  await events.deliver();
  await pass(5 * SECOND);
  await pass(10 * SECOND);

  expect(calls()).toEqual([
    ['1 one', '2 two'],
    ['1 one', '2 two'],
    ['1 one', '2 two'],
  ]);
  expect(new Set(ids()).size).toBe(1);
});

describe('a receiver that answers 410', () => {
  test('ends its registration: what waits fails, also aside, and what a publisher adds later', async () => {
    refusing(400, (text) => text.includes('bad'));
    await events.happens('1 bad', '2 a', '2 b', '2 c', '2 d', '2 e');
    await events.deliver();
    events.receiver.rule = () => answer(410);
    await events.happens('3 one', '4 two');
    await events.deliver();
    const { length } = events.receiver.calls;
    await events.happens('5 three');
    expect(events.rows()).toHaveLength(8);
    // A publisher that has read the registration a moment ago still adds events.
    const { doneAt: _doneAt, ttl: _ttl, ...row } = events.world.db.items('outbox').find(({ doneAt }) => doneAt)!;
    const added = `${row.e}0`;
    events.world.db.apply(new PutCommand({ TableName: 'outbox', Item: { ...row, e: added } }));
    await events.world.store.lanes.announce(events.lane, [added]);
    await events.ring();
    await pass(15 * MINUTE);

    expect(events.receiver.calls).toHaveLength(length);
    const failed = [...events.rows(), ...events.rows(events.asideOf(1))].filter(({ state }) => state === 'failed');
    expect(failed.map(({ lastError }) => lastError?.code)).toEqual(Array(4).fill('RECEIVER_GONE'));
    expect(await events.world.store.receivers.of(events.world.account.accountId)).toHaveProperty('endedAt');
    expect(laneItem(events.asideOf(1))).toBeUndefined();
  });

  test('does not end a registration that was made meanwhile', async () => {
    events.receiver.next({ kind: 'answer', status: 410, delayMs: 100 });
    await events.happens('1 one');
    const running = events.ring();
    await events.receiver.came(1);
    await events.register();
    await running;
    events.world.clock.advance(11 * SECOND);
    await events.deliver();
    await pass(MINUTE);

    expect(states()).toEqual(['done']);
  });
});

describe('a registration that changes', () => {
  test('takes what waits to its new address', async () => {
    await events.receiver.goDown();
    await events.happens('1 one', '2 two');
    await events.deliver();
    const { receiver } = events;
    await receiver.comeBack();
    await events.register({ uri: `${receiver.url}/new` });
    await pass(15 * SECOND);

    expect(receiver.calls.map(({ path }) => path)).toEqual(['/hook/new']);
    expect(calls()).toEqual([['1 one', '2 two']]);
  });

  test('lets fail what nobody listens to any more, and the rest leaves', async () => {
    events.receiver.next(answer(503));
    await events.happens('1 one');
    await events.switchChannel(false);
    await events.deliver();
    await events.register({ subscriptions: { messagesAndStatuses: false } });
    await pass(15 * SECOND);

    expect(events.rows()).toMatchObject([{ state: 'failed', lastError: { code: 'SWITCHED_OFF' } }, { state: 'done' }]);
  });

  test('fails nothing that the present one wants in a process that remembers the one before', async () => {
    const app = events.world.newProcess();
    await events.register({ subscriptions: { channelsUpdates: false } });
    await events.happens('1 one');
    await events.ring(app);
    await events.register();
    await events.switchChannel(false);
    await events.ring(app);

    expect(states()).toEqual(['done', 'done']);
  });
});

describe('a slow receiver', () => {
  test('has ten seconds in the queue of events, thirty in that of slow ones, and leaves it when it is quick (K28)', async () => {
    events.receiver.next({ kind: 'hang' }, { kind: 'hang' });
    await events.happens('1 one');
    await deliverUntil(QUICK_MS);
    expect(laneItem()).toMatchObject({ w: 'slow', attempts: 1 });
    expect(events.world.later.at(-1)).toMatchObject({ queue: 'slowEvents' });

    events.world.clock.advance(5 * SECOND);
    const running = events.ring();
    await events.receiver.came(2);
    events.world.clock.advance(QUICK_MS);
    await sleep(20);
    expect(events.receiver.underWay).toBe(1);
    events.world.clock.advance(SLOW_MS - QUICK_MS);
    await running;
    await expect.poll(() => events.receiver.underWay).toBe(0);

    await pass(10 * SECOND);
    expect(events.texts()).toEqual(['1 one']);
    await events.happens('1 two');
    expect(events.world.sent).toMatchObject({ events: [events.lane], slowEvents: [] });
  });

  test('that answers after 29 seconds gets one batch after the other', async () => {
    events.receiver.next({ kind: 'hang' });
    await events.happens(...Array.from({ length: 120 }, (_, index) => `1 ${index}`));
    await deliverUntil(QUICK_MS);
    const { receiver, world } = events;
    world.clock.advance(5 * SECOND);
    receiver.rule = () => ({ kind: 'answer', status: 200, delayMs: 60 });
    const running = events.ring();
    for (let call = 2; call <= 4; call += 1) {
      await receiver.came(call);
      world.clock.advance(29 * SECOND);
    }
    await running;

    expect(receiver.kept.map((call) => textsOf(call).length)).toEqual([50, 50, 20]);
    expect(receiver.kept).toHaveLength(receiver.calls.length - 1);
  });
});

describe('two holders', () => {
  test('do not call at once: the second one asks the first to look again', async () => {
    events.receiver.next({ kind: 'answer', status: 200, delayMs: 100 });
    await events.happens('1 one');
    const other = events.world.newProcess();
    const first = events.ring();
    await events.receiver.came(1);
    await events.happens('1 two');
    await events.ring(other);
    expect(events.receiver.calls).toHaveLength(1);
    await first;

    expect(calls()).toEqual([['1 one'], ['1 two']]);
  });

  test('of which the first slept through its lease send the same batch by the same id', async () => {
    events.receiver.next({ kind: 'answer', status: 200, delayMs: 200 }, answer(200));
    await events.happens('1 one', '2 two');
    const first = events.ring();
    await events.receiver.came(1);
    events.world.clock.advance(5 * SECOND);
    // Its clock stands still; that of the second one is a lease later.
    const other = events.world.newProcess();
    const item = laneItem() as Record<string, unknown>;
    events.world.db.apply(new PutCommand({ TableName: 'outbox', Item: { ...item, leaseUntil: 0, nextAt: 0 } }));
    await events.ring(other);
    await first;
    await events.happens('1 three');
    await events.deliver();

    expect(calls()).toEqual([['1 one', '2 two'], ['1 one', '2 two'], ['1 three']]);
    expect(ids()[1]).toBe(ids()[0]);
    expect(events.texts()).toEqual(['1 one', '2 two', '1 three']);
  });
});

describe('a crash', () => {
  const isDone = ({ kind, input }: Asked) =>
    kind === 'UpdateCommand' && String(input.UpdateExpression).includes('doneAt');
  const remembers = ({ kind, input }: Asked) =>
    kind === 'UpdateCommand' && input.ExpressionAttributeValues?.[':kept']?.takenAt > 0;

  /** Lets the process die at its nth such command, and the lane be found by a sweep. */
  async function dieAt(isFatal: (asked: Asked) => boolean, nth = 1): Promise<void> {
    let seen = 0;
    let isDead = false;
    events.world.failing = (asked) => {
      if (isFatal(asked)) seen += 1;
      isDead ||= seen === nth;
      return isDead;
    };
    await events.ring().catch(() => {});
    expect(isDead).toBe(true);
    events.world.failing = undefined;
    events.world.sent.events.splice(0);
    for (let minutes = 0; minutes < 3; minutes += 1) await pass(MINUTE);
  }

  test('between the 2xx and its record sends the batch again, by the same id', async () => {
    await events.happens('1 one', '2 two');
    await dieAt(remembers);

    expect(calls()).toEqual([
      ['1 one', '2 two'],
      ['1 one', '2 two'],
    ]);
    expect(ids()[1]).toBe(ids()[0]);
    expect(states()).toEqual(['done', 'done']);
  });

  test.each([1, 2, 3])('after the record of a batch, at row %s, sends nothing again', async (nth) => {
    await events.happens('1 one', '2 two', '3 three');
    await dieAt(isDone, nth);

    expect(calls()).toEqual([['1 one', '2 two', '3 three']]);
    expect(new Set(states())).toEqual(new Set(['done']));
  });

  test('between the 2xx and the end of a lone event sends that again, by the same id', async () => {
    await events.happens('1 one');
    await dieAt(isDone);

    expect(calls()).toEqual([['1 one'], ['1 one']]);
    expect(ids()[1]).toBe(ids()[0]);
    expect(states()).toEqual(['done']);
  });

  const isMove = ({ kind }: Asked) => kind === 'TransactWriteCommand';
  const announces = ({ kind, input }: Asked) => kind === 'UpdateCommand' && String(input.Key?.l).startsWith('aside#');

  test.each([
    { says: 'before its subject is moved aside', isFatal: isMove, nth: 1 },
    { says: 'while its subject is moved aside', isFatal: isMove, nth: 2 },
    { says: 'before the lane aside is announced', isFatal: announces, nth: 1 },
  ])('$says loses nothing and overtakes nothing', async ({ isFatal, nth }) => {
    refusing(400, (text) => text.includes('bad'));
    await events.happens('1 bad', '2 a', '1 b', '2 c', '2 d', '2 e', '2 f', '1 g', '2 h');
    await dieAt(isFatal, nth);
    for (let seconds = 0; seconds < 60; seconds += 5) await pass(5 * SECOND);
    await events.happens('1 i', '2 j', '2 k', '2 l', '2 m', '2 n', '2 o');
    await events.deliver();
    events.receiver.rule = undefined;
    for (let quarters = 0; quarters < 3; quarters += 1) await pass(15 * MINUTE);
    await events.happens('1 z');
    await events.deliver();

    const own = (client: string) => events.texts().filter((text) => text.startsWith(client));
    expect(own('1')).toEqual(['1 bad', '1 b', '1 g', '1 i', '1 z']);
    expect(own('2')).toEqual([...'acdefhjklmno'].map((word) => `2 ${word}`));
    const kept = events.receiver.calls.filter(({ isKept }) => isKept);
    expect(kept).toEqual(events.receiver.kept);
    expect(laneItem()).toBeUndefined();
  });
});
