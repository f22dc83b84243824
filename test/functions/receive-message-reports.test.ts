import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Received } from '#channels/inbound';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { templateGuid } from '#domain/template';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { START } from '#test/world';
import { createSharedWorld, type SharedWorld, said } from './shared-address.ts';

const CHAT = '79001112233';

let shared: SharedWorld;
let receiver: ReceiverDouble;

beforeEach(async () => {
  shared = await createSharedWorld();
  receiver = await startReceiver();
  shared.world.clock.advance(60_000);
});

afterEach(async () => {
  await receiver.stop();
  await shared.world.stop();
});

async function listen(subscriptions: Partial<typeof NO_SUBSCRIPTIONS>): Promise<void> {
  const { store, account } = shared.world;
  const before = await store.receivers.now(account.accountId);
  const given = { uri: receiver.url, subscriptions: { ...NO_SUBSCRIPTIONS, ...subscriptions } };
  const secrets = { crmKey: undefined, signing: [{ secret: newSigningSecret() }] };
  await store.receivers.save(before, { ...given, ...secrets, endedAt: undefined }, 'key-1');
}

async function post(...items: Received[]): Promise<void> {
  expect(await shared.post(items)).toMatchObject({ status: 200 });
}

/** Lets the sweep find what nobody rang. */
async function leave(): Promise<unknown[]> {
  shared.world.clock.advance(61_000);
  await shared.world.app.listeners['sweep-lanes']();
  await shared.world.drain();
  return receiver.kept.map(({ body }) => body);
}

describe('what a messenger says of the account of a channel', () => {
  const report = (time: number, more: { isBlocked?: boolean; tier?: string }): Received => ({
    kind: 'channel',
    time: START + time,
    ...more,
  });
  const listed = async () => {
    const { body } = await shared.world.call('GET', '/v3/channels', { key: shared.world.account.apiKey });
    return (body as { channelId: string }[]).find(({ channelId }) => channelId === shared.number.channelId);
  };

  test('is its state, until the messenger takes it back', async () => {
    await post(report(1, { isBlocked: true }));
    expect(await listed()).toMatchObject({ state: 'blocked' });

    await post(report(2, { isBlocked: false }));
    expect(await listed()).toMatchObject({ state: 'active' });
  });

  test.each([
    { name: 'in their order', times: [1, 2, 3] },
    { name: 'in another order', times: [3, 1, 2] },
    { name: 'repeated', times: [2, 3, 3, 1, 2] },
  ])('ends with the latest word, $name', async ({ times }) => {
    for (const time of times) await post(report(time, { isBlocked: time !== 2, tier: `TIER_${time}` }));

    expect(await listed()).toMatchObject({ state: 'blocked' });
    expect(shared.world.db.items('accounts')).toContainEqual(
      expect.objectContaining({ channelId: shared.number.channelId, tier: 'TIER_3', isBlocked: true }),
    );
  });

  test('is two things: each has its own latest word', async () => {
    await post(report(5, { tier: 'TIER_1K' }), report(1, { isBlocked: true }));

    expect(await listed()).toMatchObject({ state: 'blocked' });
  });

  test('gives way to what the account chose', async () => {
    const { channelId, account } = shared.number;
    await post(report(1, { isBlocked: true }));
    await shared.world.call('PATCH', `/v1/channels/${channelId}`, { key: account.apiKey, body: { enabled: false } });

    expect(await listed()).toMatchObject({ state: 'disabled' });
  });

  test('is told once for each change, with the tier', async () => {
    await listen({ channelsUpdates: true });
    const { channelId } = shared.number;

    await post(report(1, { tier: 'TIER_1K' }), report(1, { tier: 'TIER_1K' }));
    await post(report(2, { isBlocked: true }));
    await post(report(2, { isBlocked: true }), report(1, { isBlocked: false, tier: 'TIER_0' }));
    shared.world.clock.advance(1_000);
    await post(report(3, { isBlocked: false, tier: 'TIER_10K' }));

    const told = (await leave()).flatMap((body) => (body as { channelsUpdates: object[] }).channelsUpdates);
    expect(told).toMatchObject([
      { channelId, state: 'active', tier: 'TIER_1K' },
      { channelId, state: 'blocked', tier: 'TIER_1K' },
      { channelId, state: 'active', tier: 'TIER_1K' },
      { channelId, state: 'active', tier: 'TIER_10K' },
    ]);
  });

  test('lets a reply fail without a call, with a reason, and leave again later', async () => {
    let sends = 0;
    shared.sends(() => ({ kind: 'sent', providerId: `sent${++sends}` }));
    await post(said(CHAT, 'm1'), report(1, { isBlocked: true }));
    await shared.world.drain();
    const reply = { channelId: shared.number.channelId, chatType: 'whatsapp', chatId: CHAT, text: 'an answer' };

    const { status } = await shared.world.call('POST', '/v3/message', {
      key: shared.world.account.apiKey,
      body: reply,
    });
    await shared.world.drain();

    expect(status).toBe(201);
    expect(sends).toBe(0);
    const [failed] = await shared.world.deliveries();
    expect(failed).toMatchObject({ state: 'failed', lastError: { code: 'ACCOUNT_BLOCKED' } });
    expect(await shared.chatOf(CHAT)).toMatchObject({ body: { unansweredCount: 1 } });

    await post(report(2, { isBlocked: false }));
    shared.world.clock.advance(10_000);
    await shared.world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: shared.world.account.apiKey });
    await shared.world.drain();
    expect(sends).toBe(1);
    expect(await shared.chatOf(CHAT)).toMatchObject({ body: { unansweredCount: 0 } });
  });
});

describe('C2 what a messenger decided about a template', () => {
  const decided = (status: string, time: number, templateId = '77'): Received => ({
    kind: 'template',
    templateId,
    name: 'welcome',
    status,
    time: START + time,
  });
  const guid = (templateId = '77') => templateGuid(shared.world.account.accountId, templateId);

  test('is told alone, in its order, and once, however often and in whatever order it comes', async () => {
    await listen({ templateStatus: true });

    await post(decided('APPROVED', 2), decided('PENDING', 1));
    await post(decided('PENDING', 1), decided('PAUSED', 3));
    await post(decided('PAUSED', 3), decided('APPROVED', 2));

    expect(await leave()).toEqual(
      ['pending', 'approved', 'paused'].map((status) => ({
        templateStatus: { templateGuid: guid(), name: 'welcome', status },
      })),
    );
    await post(decided('PENDING', 1), decided('PAUSED', 3));
    expect(await leave()).toHaveLength(3);
    expect(shared.world.logs.at(-1)).toBeDefined();
  });

  test('is told once, if two numbers of a business hear of it', async () => {
    await shared.connect('number-2', { business: 'shop' });
    await shared.connect('number-3', { business: 'shop' });
    await listen({ templateStatus: true });

    await post({ ...decided('APPROVED', 1), account: 'shop' });

    expect(await leave()).toHaveLength(1);
  });

  test('may be older than what is told already', async () => {
    await listen({ templateStatus: true });
    await post(decided('APPROVED', 50_000));
    await leave();

    await post(decided('PENDING', 1), decided('REJECTED', 60_000, '78'));

    expect(await leave()).toHaveLength(3);
  });

  test('is not told to who does not listen', async () => {
    await listen({ channelsUpdates: true });
    await post(decided('APPROVED', 1));

    expect(await leave()).toEqual([]);
    expect(shared.world.logs).toContainEqual(
      expect.objectContaining({ items: [{ kind: 'template', outcome: 'unwanted' }] }),
    );
  });

  test('that cannot be stored refuses the webhook, and is told when it comes again', async () => {
    await listen({ templateStatus: true });
    shared.world.failing = ({ kind }) => kind === 'TransactWriteCommand';
    expect(await shared.post([decided('APPROVED', 1)])).toMatchObject({ status: 500 });
    shared.world.failing = undefined;

    await post(decided('APPROVED', 1));

    expect(await leave()).toHaveLength(1);
  });

  test('is listed among the deliveries while it waits', async () => {
    await listen({ templateStatus: true });
    await post(decided('APPROVED', 1));

    expect(await shared.world.deliveries('state=pending&kind=template')).toMatchObject([
      { kind: 'template', target: 'webhook', eventId: `template#${guid()}#APPROVED#${START + 1}` },
    ]);
  });
});
