import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCursor } from '#api/cursor';
import { deliveryList, sentAgain } from '#api/delivery-routes';
import { REPLAYED_MS } from '#domain/delivery-kind';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { timeKey } from '#domain/time-key';
import { receiverKey } from '#store/accounts/keys';
import { asideLane, eventLane } from '#store/outbox/lane-names';
import type { NewRow } from '#store/outbox/rows';
import { type Asked, createWorld, START, type World } from '#test/world';

const REFUSED = { code: '422', description: 'No such field' };
const MINUTE = 60_000;

let world: World;
let account: string;
let lane: string;

/** A new world, with a receiver of events. */
async function begin(): Promise<void> {
  world = await createWorld();
  account = world.account.accountId;
  lane = eventLane(account);
  await register(account);
}

/** The account has a receiver. It listens to something of which there are no events, so nothing else is added. */
async function register(of: string, more: object = {}): Promise<void> {
  const { receivers } = world.store;
  const subscriptions = { ...NO_SUBSCRIPTIONS, templateStatus: true };
  const registration = { uri: 'https://crm.example/events', subscriptions, signing: [], endedAt: undefined };
  await receivers.save(await receivers.now(of), registration, 'test');
  const { p, s } = receiverKey(of);
  const stored = world.db.items('accounts').find((item) => item.p === p && item.s === s);
  world.db.apply(new PutCommand({ TableName: 'accounts', Item: { ...stored, ...more } }));
}

beforeEach(begin);

afterEach(() => world.stop());

interface Made {
  readonly count: number;
  readonly first?: number;
  readonly of?: string;
  readonly lane?: string;
  readonly subject?: (index: number) => string;
}

/** Adds events as the publisher does, a second apart, and returns their sort keys in order. */
async function add({ count, first = 0, of = account, lane: into = eventLane(of), subject = () => 's0' }: Made) {
  const rows: NewRow[] = Array.from({ length: count }, (_, index) => {
    const [number, storedAt] = [first + index, START + (first + index) * 1_000];
    const event = timeKey(storedAt, `message#m${number}`);
    const chat = `${world.channel.channelId}#telegram#5`;
    const what = { kind: 'event', what: 'message', chat, fact: `${storedAt}#${number}` } as const;
    return { ...what, lane: into, event, account: of, subject: subject(index), storedAt };
  });
  for (const row of rows) await world.store.rows.add(row);
  return rows.map(({ event }) => event);
}

async function taken(made: Made): Promise<string[]> {
  const events = await add(made);
  for (const row of await world.store.rows.getAll(made.lane ?? eventLane(made.of ?? account), events)) {
    await world.store.rows.markDone(row);
  }
  return events;
}

async function failed(made: Made): Promise<string[]> {
  const events = await add(made);
  for (const row of await world.store.rows.getAll(made.lane ?? eventLane(made.of ?? account), events)) {
    await world.store.rows.markFailed(row, REFUSED);
  }
  world.clock.advance(1);
  return events;
}

/** Marks that the events went on in the lane of their subject. */
async function moved(events: readonly string[]): Promise<void> {
  for (const e of events) {
    world.db.apply(
      new UpdateCommand({
        TableName: 'outbox',
        Key: { l: lane, e },
        UpdateExpression: 'SET movedTo = :aside, doneAt = :now, #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':now': world.clock.now(), ':aside': 'aside', ':ttl': 2_000_000_000 },
      }),
    );
  }
}

/** What the next holder of the account's lane finds, in its order. */
async function waiting(of = account): Promise<string[]> {
  const found = await world.store.lanes.lanesOf([eventLane(of)]);
  const state = found.get(eventLane(of));
  if (!state) return [];
  return (await world.store.rows.pendingIn(eventLane(of), state.from, 10_000)).map(({ event }) => event);
}

function post(path: string, body: unknown, key = world.account.apiKey) {
  return world.call('POST', `/v1/deliveries/${path}`, { key, body });
}

const retry = (target: string, key?: string) => post('retry', { target }, key);
const iso = (at: number) => new Date(at).toISOString();
const replay = (from: number, to?: number, key?: string) =>
  post('replay', { target: 'webhook', from: iso(from), ...(to !== undefined && { to: iso(to) }) }, key);

/** Runs the tasks that were rung, as their queue does. */
async function runTasks(): Promise<void> {
  for (let rounds = 0; world.sent.tasks.length > 0; rounds += 1) {
    expect(rounds).toBeLessThan(100);
    await world.app.listeners['do-tasks']({ Records: world.sent.tasks.splice(0).map((body) => ({ body })) });
  }
}

/** Whether the command writes something that another request could find. */
function isWrite({ kind, input }: Asked): boolean {
  return input.TableName !== 'accounts' && !/^(Get|BatchGet|Query)/.test(kind);
}

/** Lets the process die before its n-th write. Returns whether it got that far. */
async function dyingAt(count: number, run: () => Promise<unknown>): Promise<boolean> {
  let writes = 0;
  world.failing = (asked) => {
    if (isWrite(asked)) writes += 1;
    return writes >= count;
  };
  await run();
  world.failing = undefined;
  return writes >= count;
}

async function list(query: string, key = world.account.apiKey) {
  const { status, body } = await world.call('GET', `/v1/deliveries?${query}`, { key });
  expect(status).toBe(200);
  return deliveryList.parse(body);
}

async function listAll(query: string) {
  const pages = [await list(query)];
  for (let cursor = pages[0]!.nextCursor; cursor !== undefined; cursor = pages.at(-1)!.nextCursor) {
    pages.push(await list(`${query}&cursor=${cursor}`));
    expect(pages.length).toBeLessThan(100);
  }
  for (const { deliveries } of pages) expect(deliveries.length).toBeLessThanOrEqual(50);
  return pages.flatMap(({ deliveries }) => deliveries);
}

describe('C1 the list of deliveries', () => {
  test('holds the events that failed, by kind and target, beside the replies', async () => {
    world.bot.answerNext('sendMessage', { status: 403, body: { ok: false, error_code: 403, description: 'Blocked' } });
    await world.reply(5);
    await world.drain();
    const [event] = await failed({ count: 1 });

    const all = (await list('')).deliveries;

    expect(all).toEqual([
      {
        deliveryId: expect.any(String),
        state: 'failed',
        kind: 'message',
        target: 'webhook',
        name: '5',
        channelId: world.channel.channelId,
        eventId: 'message#m0',
        attempts: 0,
        lastError: REFUSED,
        createdAt: iso(START),
      },
      expect.objectContaining({ kind: 'reply', target: `${world.channel.channelId}#telegram#5` }),
    ]);
    expect(event).toBe(timeKey(START, 'message#m0'));
    const shown = async (query: string) => (await list(query)).deliveries.map(({ kind }) => kind);
    expect(await shown('kind=message')).toEqual(['message']);
    expect(await shown('kind=reply')).toEqual(['reply']);
    expect(await shown('kind=creation')).toEqual([]);
    expect(await shown('target=webhook')).toEqual(['message']);
    expect(await shown('target=webhook&kind=reply')).toEqual([]);
    expect(await shown(`target=${encodeURIComponent(`${world.channel.channelId}#telegram#5`)}`)).toEqual(['reply']);
    expect(await shown(`target=${encodeURIComponent(`${world.channel.channelId}#telegram#6`)}`)).toEqual([]);
  });

  test.each(['kind=press', 'kind=event', 'kind=', 'target=', `target=${'x'.repeat(1_001)}`])(
    'refuses %s',
    async (query) => {
      const { status, body } = await world.call('GET', `/v1/deliveries?${query}`, { key: world.account.apiKey });

      expect([status, body]).toEqual([400, expect.objectContaining({ data: { fields: [query.split('=')[0]] } })]);
    },
  );

  test('finds few failures of a kind among many others, in pages', async () => {
    await failed({ count: 2 });
    world.clock.advance(1);
    const { channelId } = world.channel;
    for (let index = 0; index < 1_200; index += 1) {
      const reply = { lane: `reply#${channelId}#telegram#5`, event: `${START + index}#r`, account, chat: 'c' };
      const failing = world.store.rows.failing({ ...reply, attempt: 1, storedAt: START }, 1, REFUSED);
      world.db.apply(new TransactWriteCommand({ TransactItems: [failing] }));
      world.clock.advance(1);
    }

    expect(await listAll('kind=message')).toHaveLength(2);
    expect(await listAll('kind=reply')).toHaveLength(1_200);
    expect(await listAll('')).toHaveLength(1_202);
  });

  test('holds the events that wait, those of subjects that were set aside first, and then the replies', async () => {
    world.bot.answerNext('sendMessage', { status: 502, body: 'Bad gateway' });
    await world.reply(5);
    await world.drain();
    const events = await add({ count: 120 });
    await taken({ count: 3, first: 200 });
    const aside = await add({ count: 3, first: 10, lane: asideLane(account, 's9'), subject: () => 's9' });
    const tried = { attempts: 3, calls: 3, waits: 0, slow: false, lastError: REFUSED };
    for (const [name, added] of [
      [lane, events],
      [asideLane(account, 's9'), aside],
    ] as const) {
      await world.store.lanes.announce(name, [added[0]!, ...added.slice(1)]);
      await world.store.lanes.take(name, 'token');
      const state = { from: added[0]!, kept: { aside: ['s9'] } };
      await world.store.lanes.postpone(name, 'token', START + MINUTE, tried, state);
    }

    const all = await listAll('state=pending');

    expect(all.map(({ kind }) => kind)).toEqual([...Array.from({ length: 123 }, () => 'message'), 'reply']);
    expect(all.slice(0, 4).map(({ eventId }) => eventId)).toEqual(
      ['m10', 'm11', 'm12', 'm0'].map((id) => `message#${id}`),
    );
    expect(all[3]).toMatchObject({ state: 'pending', lastError: REFUSED, nextAttemptAt: iso(START + MINUTE) });
    expect(new Set(all.map(({ deliveryId }) => deliveryId)).size).toBe(124);
    expect(await listAll('state=pending&target=webhook')).toEqual(all.slice(0, 123));
    expect(await listAll('state=pending&kind=reply')).toEqual(all.slice(123));
    expect(await listAll('state=pending&kind=status')).toEqual([]);
    expect(await listAll(`state=pending&target=${encodeURIComponent(all.at(-1)!.target)}`)).toEqual(all.slice(123));
  });

  test('I6 of what waits shows no other account, whatever cursor it is asked with, and looks at no other lane', async () => {
    const events = await add({ count: 3 });
    await world.store.lanes.announce(lane, [events[0]!, ...events.slice(1)]);
    const stranger = await world.addAccount();
    const looked: string[] = [];
    world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand' && input.TableName === 'outbox') looked.push(JSON.stringify(input));
      return false;
    };

    for (const place of [undefined, [lane, events[0]], ['event#', '0'], [asideLane(account, 's0'), '0']]) {
      const cursor = place ? `&cursor=${writeCursor(place)}` : '';
      expect((await list(`state=pending&target=webhook${cursor}`, stranger.apiKey)).deliveries).toEqual([]);
    }
    expect(looked).toEqual([]);
  });
});

describe('C1 a retry of a target', () => {
  test('puts everything that failed back into the lane, in order and under the same ids', async () => {
    const events = await failed({ count: 130, subject: (index) => `s${index % 3}` });
    const later = await add({ count: 1, first: 500 });
    await world.store.lanes.announce(lane, [later[0]!]);

    const { status, body } = await retry('webhook');

    expect([status, body]).toEqual([202, { count: 130 }]);
    expect(await waiting()).toEqual([...events, ...later]);
    expect(await listAll('')).toEqual([]);
    expect(world.sent.events).toContain(lane);
  });

  test('brings back what failed in the lane of a subject that was set aside, into the account’s own', async () => {
    const events = await taken({ count: 5 });
    await moved(events.slice(1, 3));
    await failed({ count: 2, first: 1, lane: asideLane(account, 's0') });

    const { body } = await retry('webhook');

    expect(body).toEqual({ count: 2 });
    expect(await waiting()).toEqual(events.slice(1, 3));
    expect(await world.store.rows.getAll(asideLane(account, 's0'), events)).toEqual([]);
    const [row] = await world.store.rows.getAll(lane, [events[1]!]);
    expect(row).toMatchObject({ state: 'pending', since: world.clock.now(), createdAt: START + 1_000 });
    expect(row).not.toHaveProperty('movedTo');
  });

  test('hastens what waits, also of a subject that was set aside', async () => {
    for (const name of [lane, asideLane(account, 's9')]) {
      const [first] = await add({ count: 1, lane: name });
      await world.store.lanes.announce(name, [first!]);
      await world.store.lanes.take(name, 'token');
      const tried = { attempts: 3, calls: 3, waits: 0, slow: name !== lane };
      const state = { from: first!, kept: { aside: ['s9'] } };
      await world.store.lanes.postpone(name, 'token', START + 15 * MINUTE, tried, state);
    }
    expect(await world.store.lanes.take(lane, 'other')).toMatchObject({ outcome: 'waiting' });

    expect(await retry('webhook')).toMatchObject({ status: 202, body: { count: 0 } });

    expect(world.sent).toMatchObject({ events: [lane], slowEvents: [asideLane(account, 's9')] });
    expect(await world.store.lanes.take(lane, 'other')).toMatchObject({ outcome: 'taken' });
  });

  test('of a chat sends its failed replies again, in order', async () => {
    const target = `${world.channel.channelId}#telegram#5`;
    for (const text of ['one', 'two']) {
      world.bot.answerNext('sendMessage', {
        status: 403,
        body: { ok: false, error_code: 403, description: 'Blocked' },
      });
      await world.reply(5, { text });
      await world.drain();
    }
    await world.reply(6, { text: 'of another chat' });
    await failed({ count: 1 });
    // The chat rests from what was sent to it.
    await world.pass(3_000);

    expect(await retry(target)).toMatchObject({ status: 202, body: { count: 2 } });
    await world.drain();

    const sends = world.bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => body);
    expect(sends.slice(-2)).toMatchObject([{ text: 'one' }, { text: 'two' }]);
    expect((await list('')).deliveries.map(({ eventId }) => eventId)).toEqual(['message#m0']);
    expect(await waiting()).toEqual([]);
    expect(await retry(target)).toMatchObject({ status: 202, body: { count: 0 } });
  });

  test('of a target that fits into no key is a 400, and so is a list of it', async () => {
    const target = `${world.channel.channelId}#telegram#${'€'.repeat(700)}`;

    const fields = { status: 400, body: { error: 'INVALID_REQUEST', data: { fields: ['target'] } } };
    expect(await retry(target)).toMatchObject(fields);
    const query = new URLSearchParams({ state: 'pending', target });
    const { apiKey: key } = world.account;
    expect(await world.call('GET', `/v1/deliveries?${query}`, { key })).toMatchObject(fields);
  });

  test('I6 of another account’s chat is a 404, and touches none of its deliveries', async () => {
    const events = await failed({ count: 2 });
    const { apiKey, accountId } = await world.addAccount();
    await register(accountId);

    for (const target of [`${world.channel.channelId}#telegram#5`, 'x', lane, `reply#${world.channel.channelId}`]) {
      expect(await retry(target, apiKey)).toMatchObject({ status: 404, body: { error: 'TARGET_NOT_FOUND' } });
    }
    expect(await retry('webhook', apiKey)).toMatchObject({ status: 202, body: { count: 0 } });

    expect(await listAll('')).toHaveLength(events.length);
  });

  test('leaves to a task what it has no time for, and the task ends', async () => {
    const events = await failed({ count: 1_000, subject: (index) => `s${index % 7}` });
    world.failing = async ({ kind, input }) => {
      if (kind === 'UpdateCommand' && input.TableName === 'outbox') world.clock.advance(10);
      return false;
    };

    const { status, body } = await retry('webhook');

    expect(status).toBe(202);
    const { count, more } = sentAgain.parse(body);
    expect(more).toBe(true);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(1_000);
    expect(await waiting()).toHaveLength(count);
    await runTasks();
    expect(await waiting()).toEqual(events);
    expect(await world.store.tasks.due()).toEqual([]);
    world.clock.advance(10 * MINUTE);
    expect(await world.store.tasks.due()).toEqual([]);
  });

  test('does not send again and again what fails again', async () => {
    await failed({ count: 450 });
    let writes = 0;
    world.failing = async ({ kind, input }) => {
      if (kind !== 'UpdateCommand' || input.TableName !== 'outbox') return false;
      writes += 1;
      world.clock.advance(100);
      // A holder finds the receiver gone meanwhile.
      if (writes % 40 === 0) {
        const { failing } = world;
        world.failing = undefined;
        for (const row of await world.store.rows.pendingIn(lane, '0', 1_000))
          await world.store.rows.markFailed(row, REFUSED);
        world.failing = failing;
      }
      return false;
    };

    await retry('webhook');
    await runTasks();

    expect(writes).toBeLessThan(600);
  });

  test('is finished whatever write it dies at, and no row waits that the lane does not know of', async () => {
    for (let count = 1; ; count += 1) {
      await world.stop();
      await begin();
      const events = await failed({ count: 4, subject: (index) => `s${index % 2}` });
      const died = await dyingAt(count, () => retry('webhook'));

      world.clock.advance(2 * MINUTE);
      await world.app.listeners['sweep-lanes']();
      await runTasks();

      // A task that was not put has touched nothing.
      if (count > 1) expect([count, await waiting()]).toEqual([count, events]);
      else expect(await listAll('')).toHaveLength(4);
      if (!died) break;
      expect(count).toBeLessThan(30);
    }
  });
});

describe('without a receiver', () => {
  test.each([
    ['that was never registered', { uri: undefined, subscriptions: undefined, ver: undefined }],
    ['that answered 410', { endedAt: START }],
    ['that listens to nothing', { subscriptions: NO_SUBSCRIPTIONS }],
  ])('%s nothing is sent again, because it would fail at once', async (_name, more) => {
    await taken({ count: 2 });
    const [event] = await failed({ count: 1, first: 2 });
    await register(account, more);
    world.clock.advance(MINUTE);

    for (const { status, body } of [
      await retry('webhook'),
      await replay(START),
      await post(`${writeCursor([lane, event])}/retry`, {}),
    ]) {
      expect([status, body]).toEqual([409, expect.objectContaining({ error: 'NO_RECEIVER' })]);
    }
    expect(await waiting()).toEqual([]);
  });
});

describe('C1 a retry of one event', () => {
  test('puts it back to its place, with its id', async () => {
    const events = await failed({ count: 3 });
    const found = (await list('')).deliveries.find(({ eventId }) => eventId === 'message#m1');

    const { status, body } = await post(`${found!.deliveryId}/retry`, {});

    expect([status, body]).toEqual([202, { deliveryId: found!.deliveryId }]);
    expect(await waiting()).toEqual([events[1]]);
    expect((await list('')).deliveries.map(({ eventId }) => eventId).sort()).toEqual(['message#m0', 'message#m2']);
    await post(`${found!.deliveryId}/retry`, {});
    expect(await waiting()).toEqual([events[1]]);
  });

  test('of a creation leaves what the CRM has made already', async () => {
    const event = timeKey(START, 'creation#c1');
    const made = { askedFor: '17', contact: { id: 'their-id' } };
    await world.store.rows.add({
      ...{ kind: 'creation', lane, event, account, subject: 's1', address: 'a', decidedAt: START, storedAt: START },
      ...{ ids: { contact: 'c1', deal: 'd1' }, made },
    });
    await world.store.rows.markFailed((await world.store.rows.get(lane, event))!, REFUSED);
    const [creation] = (await list('kind=creation')).deliveries;

    expect(await post(`${creation!.deliveryId}/retry`, {})).toMatchObject({ status: 202 });

    expect(await waiting()).toEqual([event]);
    expect(await world.store.rows.get(lane, event)).toMatchObject({ made, ids: { contact: 'c1', deal: 'd1' } });
  });

  test('that was taken, is another account’s or is no event is a 404', async () => {
    const [done] = await taken({ count: 1 });
    const [event] = await failed({ count: 1, first: 1 });
    const { apiKey } = await world.addAccount();

    expect(await post(`${writeCursor([lane, done])}/retry`, {})).toMatchObject({ status: 404 });
    expect(await post(`${writeCursor([lane, event])}/retry`, {}, apiKey)).toMatchObject({ status: 404 });
    expect(await post(`${writeCursor([lane, '0'])}/retry`, {})).toMatchObject({ status: 404 });
    expect(await waiting()).toEqual([]);
  });

  test('is finished whatever write it dies at', async () => {
    for (let count = 1; ; count += 1) {
      await world.stop();
      await begin();
      const [event] = await failed({ count: 1 });
      const died = await dyingAt(count, () => post(`${writeCursor([lane, event])}/retry`, {}));

      world.clock.advance(2 * MINUTE);
      await world.app.listeners['sweep-lanes']();
      await runTasks();

      const isFailed = (await listAll('')).length === 1;
      expect([count, isFailed ? [] : [event]]).toEqual([count, await waiting()]);
      if (!died) break;
      expect(count).toBeLessThan(20);
    }
  });
});

describe('C1 a replay', () => {
  test('sends once more what was taken between two times, in order and under the same ids', async () => {
    const events = await taken({ count: 450, subject: (index) => `s${index % 5}` });
    world.clock.advance(1_000_000);

    const { status, body } = await replay(START + 100_000, START + 440_000);

    expect([status, body]).toEqual([202, { count: 340 }]);
    expect(await waiting()).toEqual(events.slice(100, 440));
    expect(world.sent.events).toContain(lane);
  });

  test('leaves alone what waits, what failed and creations', async () => {
    const events = await taken({ count: 2 });
    const pending = await add({ count: 2, first: 2 });
    await world.store.lanes.announce(lane, [pending[0]!]);
    await failed({ count: 2, first: 4 });
    const event = timeKey(START + 9_000, 'creation#c1');
    await world.store.rows.add({
      ...{ kind: 'creation', lane, event, account, subject: 's1', address: 'a', decidedAt: START, storedAt: START },
      ids: { contact: 'c1', deal: 'd1' },
    });
    await world.store.rows.markDone((await world.store.rows.get(lane, event))!);
    world.clock.advance(MINUTE);

    expect((await replay(START)).body).toEqual({ count: 2 });

    expect(await waiting()).toEqual([...events, ...pending]);
    expect(await listAll('')).toHaveLength(2);
  });

  test('of what left by the lane of a subject that was set aside goes by the account’s own', async () => {
    const events = await taken({ count: 4 });
    await moved(events.slice(1));
    const aside = asideLane(account, 's0');
    await taken({ count: 1, first: 1, lane: aside });
    await add({ count: 1, first: 2, lane: aside });
    await failed({ count: 1, first: 3, lane: aside });
    world.clock.advance(MINUTE);

    expect((await replay(START)).body).toEqual({ count: 2 });

    expect(await waiting()).toEqual(events.slice(0, 2));
    expect((await world.store.rows.getAll(aside, events)).map(({ event, state }) => [event, state])).toEqual([
      [events[2], 'pending'],
      [events[3], 'failed'],
    ]);
  });

  test('while the lane is held is seen by its holder', async () => {
    const events = await taken({ count: 3 });
    const [last] = await add({ count: 1, first: 3 });
    await world.store.lanes.announce(lane, [last!]);
    expect(await world.store.lanes.take(lane, 'token')).toMatchObject({ outcome: 'taken' });
    world.sent.events.length = 0;
    world.clock.advance(10_000);

    expect((await replay(START)).body).toEqual({ count: 3 });

    expect(world.sent.events).toEqual([]);
    const state = { from: last! };
    expect(await world.store.lanes.letGo(lane, 'token', state)).toMatchObject({ from: events[0] });
  });

  test('I6 touches no event of another account', async () => {
    await taken({ count: 3 });
    const stranger = await world.addAccount();
    await register(stranger.accountId);
    world.clock.advance(MINUTE);

    expect(await replay(START, undefined, stranger.apiKey)).toMatchObject({ status: 202, body: { count: 0 } });

    expect(await waiting()).toEqual([]);
    expect(await waiting(stranger.accountId)).toEqual([]);
  });

  test.each([
    ['no from', { target: 'webhook' }, ['from']],
    ['a chat', { target: 'c#telegram#5', from: iso(START) }, ['target']],
    ['no time', { target: 'webhook', from: 'yesterday' }, ['from']],
    ['no zone', { target: 'webhook', from: '2026-10-05T09:00:00' }, ['from']],
    ['no such day', { target: 'webhook', from: '2026-02-41T09:00:00Z' }, ['from']],
    ['to before from', { target: 'webhook', from: iso(START - 1_000), to: iso(START - 2_000) }, ['from', 'to']],
    ['the future', { target: 'webhook', from: iso(START + MINUTE) }, ['from', 'to']],
  ])('with %s is a 400', async (_name, body, fields) => {
    expect(await post('replay', body)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields } },
    });
  });

  test('from earlier than events are kept is a 400 that says from when on', async () => {
    const earliest = iso(START - REPLAYED_MS);

    expect(await replay(START - REPLAYED_MS - 1)).toMatchObject({
      status: 400,
      body: { description: expect.stringContaining(earliest), data: { fields: ['from'], earliest } },
    });
    expect(await replay(START - REPLAYED_MS)).toMatchObject({ status: 202 });
  });

  test('of very many goes on by a task, which ends, and opens each once although they are taken meanwhile', async () => {
    const events = await taken({ count: 2_000, subject: (index) => `s${index % 11}` });
    world.clock.advance(10_000_000);
    const sent: string[] = [];
    const receive = async () => {
      const rows = await world.store.rows.pendingIn(lane, '0', 10_000);
      sent.push(...rows.map(({ event }) => event));
      for (const row of rows) await world.store.rows.markDone(row);
    };
    let calls = 0;
    world.failing = async ({ kind, input }) => {
      if (kind !== 'QueryCommand' || input.TableName !== 'outbox') return false;
      world.clock.advance(1_000);
      calls += 1;
      if (calls % 3 === 0) {
        const { failing } = world;
        world.failing = undefined;
        await receive();
        world.failing = failing;
      }
      return false;
    };

    const { body } = await replay(START);
    expect(body).toEqual({ count: expect.any(Number), more: true });
    await runTasks();
    world.failing = undefined;
    await receive();

    expect(sent).toEqual(events);
    world.clock.advance(10 * MINUTE);
    expect(await world.store.tasks.due()).toEqual([]);
  });

  test('is finished whatever write it dies at, and opens each once although some are taken before it goes on', async () => {
    for (let count = 1; ; count += 1) {
      await world.stop();
      await begin();
      const events = await taken({ count: 5, subject: (index) => `s${index % 2}` });
      await moved(events.slice(3, 4));
      await taken({ count: 1, first: 3, lane: asideLane(account, 's1') });
      world.clock.advance(MINUTE);
      const died = await dyingAt(count, () => replay(START));
      const before = await waiting();
      for (const row of await world.store.rows.getAll(lane, before)) await world.store.rows.markDone(row);

      world.clock.advance(2 * MINUTE);
      await world.app.listeners['sweep-lanes']();
      await runTasks();

      const after = await waiting();
      if (count > 1) expect([count, ...[...before, ...after].sort()]).toEqual([count, ...events]);
      if (!died) break;
      expect(count).toBeLessThan(30);
    }
  });
});
