import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { chatKey } from '#domain/message';
import { isByTurn } from '#domain/next-act';
import { createReturnClient, type Return } from '#flows/timer/return-client';
import type { ChatRow } from '#store/chats/chats';
import { createTimers } from '#store/chats/timers';
import { createDispensers } from '#store/clients/dispensers';
import { stateOf } from '#store/directory/contacts';
import { transact } from '#store/dynamo/transaction';
import { waitTaskName } from '#store/outbox/wait-task';
import { createWaitsWorld, type WaitsWorld } from '#test/functions/waits-world';
import { type ConnectedChannel, textUpdate } from '#test/world';

const CLIENT = 1;
let world: WaitsWorld;
/** The channel of the client's other chat of that messenger. It has no timer, but the client waits there, too. */
let other: ConnectedChannel;

beforeEach(async () => {
  world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 15 });
  other = await world.addChannel();
  await world.say(CLIENT, 'Hello?');
  await world.say(CLIENT, 'And here', { channel: other });
  await world.play(14.5);
});

afterEach(() => world.stop());

const chatIn = ({ channelId }: { readonly channelId: string } = world.channel) =>
  chatKey({ channelId, chatType: 'telegram', chatId: String(CLIENT) });
const address = () => world.store.addresses.get(addressKey(world.account.accountId, 'telegram', String(CLIENT)));
const dispenser = () => createDispensers(world.deps).load(world.channel.channelId);
const row = async (key = chatIn()): Promise<ChatRow> => (await world.store.chats.get(key)) as ChatRow;

/** The return from anna to boris, as everything stands now. */
async function returning(change: Partial<Return> = {}): Promise<Return> {
  const given = await address();
  const chats = await world.store.chats.loadAll(given.chats);
  return {
    row: await row(),
    beside: [await row(chatIn(other))],
    chats,
    address: given,
    dispenser: await dispenser(),
    from: 'anna',
    to: { userId: 'boris', place: 2 },
    passedOver: [{ userId: 'anna', reason: 'HAD_THIS_CLIENT' }],
    had: [],
    lapse: [1, world.clock.now()],
    waitedMinutes: 15,
    ...change,
  };
}

function give(change: Return, mostWrites?: number) {
  return createReturnClient({ ...world.deps, ...(mostWrites !== undefined && { mostWrites }) })(change);
}

const newest = async () => (await world.store.assignments.page(world.account.accountId, 1)).assignments[0];

const second = () => world.store.addresses.get(addressKey(world.account.accountId, 'telegram', '2'));

/** Another address becomes one of the client's. */
async function joinSecond(): Promise<void> {
  const { addresses, contacts } = world.store;
  const { viewers, contact: own } = await address();
  const contact = await contacts.load(world.account.accountId, own?.id ?? '');
  const card = contact.card as NonNullable<typeof contact.card>;
  const contactData = [...card.contactData, { chatType: 'telegram', chatId: '2' }];
  await transact(world.deps.client, [
    contacts.write(contact, { ...stateOf(contact), card: { ...card, contactData } }),
    addresses.giving(await second(), { viewers, ...(own && { contact: own }) }),
  ]);
}

test('who was answered at another address of theirs stays (T3)', async () => {
  await joinSecond();
  await world.say(2, 'Hello, it is me');
  expect(await world.reply(2, { crmUserId: 'anna' })).toMatchObject({ status: 201 });
  await world.drain();
  await world.play(2);
  expect(await address()).toMatchObject({ owner: 'anna' });
});

test('who was answered in another chat of theirs stays, though that chat does not know it yet (I8)', async () => {
  await world.reply(CLIENT, { channelId: other.channelId });
  const at = await row(chatIn(other));
  expect(at.chat.openKey).toBeDefined();
  world.clock.advance(60_000);

  await world.app.listeners['mind-waits']({ Records: [{ body: waitTaskName(chatIn()) }] });

  expect(await address()).toMatchObject({ owner: 'anna' });
  await world.drain();
});

test('a reply lifts the mark before it is stored, unless it answers nothing (T8)', async () => {
  await world.reply(CLIENT, { crmUserId: 'anna', clearUnanswered: false });
  expect(await row()).toMatchObject({ timer: { leavesAt: expect.any(Number) } });

  // Nobody has folded the reply yet: the chat waits as before.
  await world.reply(CLIENT, { crmUserId: 'anna' });
  expect(await row()).toMatchObject({ chat: { unansweredCount: 1 }, timer: { liftedAt: world.clock.now() } });
  expect((await row()).timer).not.toHaveProperty('leavesAt');
  await world.drain();
});

test('a reply in another chat of theirs lifts its guard before it is stored, though no timer runs there (T8, I8)', async () => {
  const inOther = { channelId: other.channelId, crmUserId: 'anna' };
  await world.reply(CLIENT, { ...inOther, clearUnanswered: false });
  expect(await row(chatIn(other))).toHaveProperty('guardedAt');
  world.clock.advance(10_000);

  await world.reply(CLIENT, inOther);

  expect(await row(chatIn(other))).not.toHaveProperty('guardedAt');
  await world.drain();
});

test('who was answered in another chat stays, though that chat knows of neither question nor answer yet (I8)', async () => {
  const third = await world.addChannel();
  await world.say(CLIENT, 'Thanks', { channel: third });
  const path = world.pathOf(CLIENT, third);
  const { seenUpTo } = (await world.ask('GET', `${path}/messages`)).body as { seenUpTo: string };
  await world.ask('PUT', `${path}/no-reply-needed`, { noReplyNeeded: true, seenUpTo });
  await world.webhook(textUpdate(CLIENT, 'One more thing', 900, world.clock.now()), { channel: third });
  expect(await world.reply(CLIENT, { channelId: third.channelId })).toMatchObject({ status: 201 });
  expect((await row(chatIn(third))).chat.openKey).toBeUndefined();
  world.clock.advance(60_000);

  await world.app.listeners['mind-waits']({ Records: [{ body: waitTaskName(chatIn()) }] });

  expect(await address()).toMatchObject({ owner: 'anna' });
  await world.drain();
});

test('who begins to wait in another chat when they are about to leave does so half a minute later (I8)', async () => {
  const third = await world.addChannel();
  await world.say(CLIENT, 'And once more', { channel: third });
  await world.play(0.7);
  expect(await address()).toMatchObject({ owner: 'anna' });
  await world.play(0.4);
  expect(await address()).toMatchObject({ owner: 'boris' });
});

test('who waits at two addresses of theirs leaves with both (R2)', async () => {
  await world.say(2, 'Hello, it is me');
  await world.drain();
  await joinSecond();

  await world.play(1.5);

  expect(await address()).toMatchObject({ owner: 'boris' });
  const key = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '2' });
  expect(await row(key)).toMatchObject({ viewers: ['boris'] });
});

describe.each([
  ['in one step', undefined],
  ['in parts', 5],
])('a client is returned %s', (_, mostWrites) => {
  test('with all chats, contact, deal, order and record (T3, T5, T14)', async () => {
    const given = await returning();
    const at = world.clock.now();

    expect(await give(given, mostWrites)).toBe('done');

    const after = await address();
    expect(after).toMatchObject({ owner: 'boris', viewers: ['boris'], since: at, had: [['anna', at]] });
    expect(after.decidedAt).toBe(given.address.decidedAt);
    expect(await row()).toMatchObject({ viewers: ['boris'] });
    expect(await row(chatIn(other))).toMatchObject({ viewers: ['boris'] });
    const contact = await world.store.contacts.load(world.account.accountId, after.contact?.id ?? '');
    expect(contact.card).toMatchObject({ responsibleUserId: 'boris' });
    expect(contact.unsettled).toBeUndefined();
    expect(await world.store.deals.load(world.account.accountId, contact.own ?? '')).toMatchObject({
      responsibleUserId: 'boris',
    });
    expect(await dispenser()).toMatchObject({ returns: ['anna', 'clara', 'boris'], lapses: { anna: [1, at] } });
    expect(await newest()).toMatchObject({
      ...{ userId: 'boris', rule: 'returned', from: 'anna', place: 2, waitedMinutes: 15, at },
      passedOver: given.passedOver,
    });
  });

  test('without its mark, so that the next user has the whole time (T1, T8)', async () => {
    expect((await row()).timer).toHaveProperty('leavesAt');
    await give(await returning(), mostWrites);
    const { timer, enteredAt } = await row();
    expect(timer).toEqual({ of: enteredAt });
  });

  test('not if anything has changed since it was read (I8)', async () => {
    const given = await returning();
    await createTimers(world.deps).set(given.row, { of: given.row.enteredAt ?? 0, liftedAt: world.clock.now() });

    expect(await give(given, mostWrites)).toBe('overtaken');

    expect(await address()).toMatchObject({ owner: 'anna' });
    expect(await newest()).toMatchObject({ rule: 'round-robin' });
    expect((await dispenser()).lapses).toEqual({});
  });

  test('not if a reply in another chat of theirs has lifted its guard (I8)', async () => {
    const given = await returning();
    expect(await row(chatIn(other))).toHaveProperty('guardedAt');
    expect(await createTimers(world.deps).lift(await row(chatIn(other)))).toBe(true);

    expect(await give(given, mostWrites)).toBe('overtaken');

    expect(await row(chatIn(other))).not.toHaveProperty('guardedAt');
    expect(await address()).toMatchObject({ owner: 'anna' });
  });

  test('not if another return has turned the order', async () => {
    const given = await returning();
    await world.choose({}, ['anna', 'boris']);
    expect(await give(given, mostWrites)).toBe('overtaken');
    expect(await address()).toMatchObject({ owner: 'anna' });
  });

  test('once: the second of two at once finds another version', async () => {
    const given = await returning();
    const outcomes = await Promise.all([give(given, mostWrites), give(given, mostWrites)]);
    expect(outcomes.sort()).toEqual(['done', 'overtaken']);
    expect((await address()).had).toHaveLength(1);
  });

  test('and whoever had them is known at each address of theirs, for they may wait at all (T5, T6)', async () => {
    await joinSecond();
    const at = world.clock.now();

    expect(await give(await returning(), mostWrites)).toBe('done');

    expect(await second()).toMatchObject({ viewers: ['boris'], since: at, had: [['anna', at]] });
    expect(isByTurn(await second(), 'boris')).toBe(true);
  });

  test('into the pool, if nobody is left; a reply takes them (T6, D8)', async () => {
    await give(await returning({ to: undefined, had: [['boris', 5]] }), mostWrites);

    const pooled = await address();
    expect(pooled).toMatchObject({
      viewers: [],
      had: [
        ['boris', 5],
        ['anna', world.clock.now()],
      ],
    });
    expect(pooled).not.toHaveProperty('owner');
    expect(pooled).not.toHaveProperty('since');
    expect(await newest()).toMatchObject({ userId: null, rule: 'returned', from: 'anna', place: null });
    expect(await world.chat(CLIENT)).toMatchObject({ responsibleUserId: null });
    expect(await dispenser()).toMatchObject({ returns: ['anna', 'boris', 'clara'] });

    expect(await world.reply(CLIENT, { crmUserId: 'clara' })).toMatchObject({ status: 201 });
    await world.drain();
    expect(await world.chat(CLIENT)).toMatchObject({ responsibleUserId: 'clara', unanswered: false });
    expect(await address()).not.toHaveProperty('had');
  });
});

test('a turn of new clients is not lost or gained by a return (T5, D3)', async () => {
  const before = await dispenser();
  await give(await returning());
  const { next, rosters, claims } = await dispenser();
  expect({ next, rosters, claims }).toEqual({ next: before.next, rosters: before.rosters, claims: before.claims });
});

test('who is handed a client by a person had nobody’s: the wait begins anew (T1, T3)', async () => {
  await give(await returning());
  world.clock.advance(1_000);
  await world.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'clara' }, 'head');
  const handed = await address();
  expect(handed).toMatchObject({ owner: 'clara', since: world.clock.now() });
  expect(handed).not.toHaveProperty('had');
});
