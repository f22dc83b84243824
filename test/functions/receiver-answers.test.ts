import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { answeredCalls, receiverTest } from '#api/receiver-routes';
import { createPublicFetch } from '#calls/public-fetch';
import { answer, type Behaviour } from '#test/calls/receiver-double';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import type { Asked } from '#test/world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const CRM_KEY = 'crm-key-that-nobody-may-read';

let events: EventWorld;
let fetching: typeof globalThis.fetch;

beforeEach(async () => {
  fetching = globalThis.fetch;
  events = await createEventWorld({ fetch: (input, init) => fetching(input, init) });
});

afterEach(() => events.stop());

const call = (method: string, path: string, key = events.world.account.apiKey) =>
  events.world.call(method, path, { key });
const tryIt = () => call('POST', '/v1/webhooks/test');

async function answers(): Promise<z.infer<typeof answeredCalls>['answers']> {
  const { status, body } = await call('GET', '/v1/webhooks/answers');
  expect(status).toBe(200);
  return answeredCalls.parse(body).answers;
}

/** The answers without their times: `200 ×2` took two events. */
async function told(): Promise<string[]> {
  return (await answers()).map(({ status, reason, events: count }) => `${status ?? reason} ×${count}`);
}

/** A receiver that refuses what holds a bad word. */
function refuseBad(): void {
  events.receiver.rule = ({ raw }) => answer(raw.includes('bad') ? 400 : 200);
}

describe('a test call', () => {
  test('is one call of the registered address, signed and with the key of the CRM, and changes nothing', async () => {
    await events.register({ crmKey: CRM_KEY });
    const before = (await call('GET', '/v3/webhooks')).body;
    const { status, body, text } = await tryIt();

    expect(status).toBe(200);
    expect(receiverTest.parse(body)).toEqual({
      at: new Date(events.world.clock.now()).toISOString(),
      tookMs: expect.any(Number),
      status: 200,
    });
    expect(events.receiver.calls).toHaveLength(1);
    const [came] = events.receiver.calls;
    expect(came).toMatchObject({ method: 'POST', path: '/hook', raw: '{"test":true}' });
    expect(came!.headers.authorization).toBe(`Bearer ${CRM_KEY}`);
    expect(events.receiver.isSigned(came!, events.secret)).toBe(true);
    expect((await call('GET', '/v3/webhooks')).body).toEqual(before);
    expect(text).not.toContain(CRM_KEY);
    expect(await told()).toEqual(['200 ×0']);
  });

  test.each<[string, Behaviour, object]>([
    ['refuses', answer(500, 'a body with crm-key-that-nobody-may-read'), { status: 500 }],
    ['has ended', answer(410), { status: 410 }],
    ['leads elsewhere', answer(302, '', { location: 'http://127.0.0.1:1/secret' }), { status: 302 }],
    ['resets the connection', { kind: 'reset' }, { reason: 'ECONNRESET' }],
    [
      'sends no HTTP',
      { kind: 'raw', bytes: 'secret nonsense\r\n\r\n' },
      { reason: expect.stringMatching(/^\w{1,50}$/) },
    ],
    ['never ends its body', { kind: 'hang-in-body', status: 200 }, { status: 200 }],
  ])('of an address that %s says so, and nothing of what was sent', async (_how, behaviour, said) => {
    await events.register({ crmKey: CRM_KEY });
    events.receiver.rule = () => behaviour;
    const { status, body, text } = await tryIt();

    expect(status).toBe(200);
    expect(body).toMatchObject(said);
    expect(events.receiver.calls).toHaveLength(1);
    expect(text).not.toMatch(/secret|crm-key|127\.0\.0\.1/);
    // Only an event ends a registration.
    expect((await call('GET', '/v3/webhooks')).body).not.toHaveProperty('endedAt');
  });

  test('of an address that hangs is given up after 25 seconds', async () => {
    events.receiver.rule = () => ({ kind: 'hang' });
    const waiting = tryIt();
    await events.receiver.came(1);
    events.world.clock.advance(25 * SECOND);

    expect(await waiting).toMatchObject({ status: 200, body: { reason: 'TIMEOUT', tookMs: 25 * SECOND } });
    expect(await answers()).toMatchObject([{ reason: 'TIMEOUT', tookMs: 25 * SECOND, events: 0 }]);
  });

  test('of an address where nobody listens says so', async () => {
    await events.receiver.goDown();

    expect(await tryIt()).toMatchObject({ status: 200, body: { reason: 'ECONNREFUSED' } });
  });

  test('goes to no private address in a deployment', async () => {
    fetching = createPublicFetch();

    expect(await tryIt()).toMatchObject({ status: 200, body: { reason: 'PRIVATE_ADDRESS' } });
    expect(events.receiver.calls).toEqual([]);
  });

  test('without an address is 409, and so it is for an account that has only a secret', async () => {
    const other = await events.world.addAccount();
    const ask = () => call('POST', '/v1/webhooks/test', other.apiKey);

    expect(await ask()).toMatchObject({ status: 409, body: { error: 'NO_RECEIVER' } });
    await call('POST', '/v1/webhooks/secret', other.apiKey);
    expect(await ask()).toMatchObject({ status: 409, body: { error: 'NO_RECEIVER' } });
    expect(events.receiver.calls).toEqual([]);
  });

  test('is made of an address that has ended, or that is switched off', async () => {
    const off = { messagesAndStatuses: false, contactsAndDealsCreation: false, channelsUpdates: false };
    await events.register({ subscriptions: { ...off, templateStatus: false } });

    expect(await tryIt()).toMatchObject({ status: 200, body: { status: 200 } });
  });
});

describe('the last answers', () => {
  test('are none before anything was sent, and none of another account’s', async () => {
    expect(await answers()).toEqual([]);
    await events.happens('1 one');
    await events.deliver();
    const other = await events.world.addAccount();

    expect((await call('GET', '/v1/webhooks/answers', other.apiKey)).body).toEqual({ answers: [] });
  });

  test('are told of events and tests alike, the newest first, with how many events were in each', async () => {
    await events.happens('1 one', '2 two');
    await events.deliver();
    events.world.clock.advance(MINUTE);
    await tryIt();
    events.world.clock.advance(MINUTE);
    await events.happens('1 three');
    await events.deliver();

    expect(await told()).toEqual(['200 ×1', '200 ×0', '200 ×2']);
    const [newest] = await answers();
    expect(newest!.at).toBe(new Date(events.world.clock.now()).toISOString());
  });

  test('are there at once while a receiver is down, and after it has come back', async () => {
    await events.receiver.goDown();
    await events.happens('1 one');
    await events.ring();
    expect(await told()).toEqual(['ECONNREFUSED ×1']);

    await events.receiver.comeBack();
    await events.world.pass(MINUTE);
    expect(await told()).toEqual(['200 ×1', 'ECONNREFUSED ×1']);
  });

  test('hold the 410 that ended a registration', async () => {
    events.receiver.next(answer(410));
    await events.happens('1 one');
    await events.deliver();

    expect(await told()).toEqual(['410 ×1']);
  });

  test('hold those to what was set aside, while it is', async () => {
    refuseBad();
    await events.happens('1 bad', '2 a', '2 b', '2 c', '2 d', '2 e', '2 f');
    await events.deliver();
    expect(await told()).toContain('200 ×1');
    await events.world.pass(5 * MINUTE);
    const before = (await answers()).filter(({ status }) => status === 400).length;
    await events.world.pass(10 * MINUTE);

    expect((await answers()).filter(({ status }) => status === 400).length).toBeGreaterThan(before);
    events.receiver.rule = undefined;
    await events.world.pass(15 * MINUTE);
    expect(events.laneItem(events.asideOf(1))).toBeUndefined();
  });

  test('make no lane look for its next event among those that have left', async () => {
    await events.happens('1 one', '1 two', '1 three');
    await events.deliver();
    const looked: unknown[] = [];
    events.world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand' && input.TableName === 'outbox') looked.push(input.ExpressionAttributeValues);
      return false;
    };
    await events.happens('1 four');
    const waiting = events.rows().find(({ state }) => state === 'pending')!;
    await events.ring();

    expect(JSON.stringify(looked[0])).toContain(waiting.event);
    expect(await told()).toEqual(['200 ×1', '200 ×3']);
  });

  test('are twenty at most', async () => {
    for (let n = 0; n < 25; n += 1) {
      await events.happens(`1 ${n}`);
      await events.deliver();
      if (n % 5 === 0) await tryIt();
    }

    expect(await told()).toHaveLength(20);
  });
});

describe('a crash', () => {
  const isDone = ({ kind, input }: Asked) =>
    kind === 'UpdateCommand' && String(input.UpdateExpression).includes('doneAt');
  const letsGo = ({ kind, input }: Asked) =>
    kind === 'UpdateCommand' && /REMOVE .*#memo/.test(String(input.UpdateExpression));

  async function dieAt(isFatal: (asked: Asked) => boolean): Promise<void> {
    let isDead = false;
    events.world.failing = (asked) => {
      isDead ||= isFatal(asked);
      return isDead;
    };
    await events.ring().catch(() => {});
    expect(isDead).toBe(true);
    events.world.failing = undefined;
    events.world.sent.events.splice(0);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await events.world.pass(MINUTE);
      await events.world.app.listeners['sweep-lanes']();
      await events.world.drain();
    }
  }

  test('before an answer was noted loses it; the events leave again, and that answer is noted', async () => {
    await events.happens('1 one');
    await dieAt(isDone);

    expect(events.receiver.calls).toHaveLength(2);
    expect(await told()).toEqual(['200 ×1']);
  });

  test('after the last event was marked loses no more than the answer to it', async () => {
    await events.happens('1 one', '2 two');
    await dieAt(letsGo);
    expect(events.receiver.calls).toHaveLength(1);
    expect(await told()).toEqual(['200 ×2']);

    await events.happens('1 three');
    await dieAt(letsGo);
    await events.happens('1 four');
    await events.deliver();
    expect(await told()).toEqual(['200 ×1', '200 ×2']);
  });
});
