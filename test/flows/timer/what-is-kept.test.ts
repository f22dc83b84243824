import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { FIRST_KEY } from '#domain/fact';
import { chatKey } from '#domain/message';
import type { ChatRow } from '#store/chats/chats';
import { createTimers } from '#store/chats/timers';
import { createWaitsWorld, type WaitsWorld } from '#test/functions/waits-world';

const CLIENT = 1;
let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 15 });
});

afterEach(() => world.stop());

const key = () => chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: String(CLIENT) });
const row = async () => (await world.store.chats.get(key())) as ChatRow;
const address = () => world.store.addresses.get(addressKey(world.account.accountId, 'telegram', String(CLIENT)));

async function says(text = 'Hello?') {
  world.clock.advance(1_000);
  await world.say(CLIENT, text);
}

async function answers(fields: object) {
  world.clock.advance(1_000);
  expect(await world.reply(CLIENT, { crmUserId: 'anna', ...fields })).toMatchObject({ status: 201 });
  await world.drain();
}

describe('the row of a chat keeps', () => {
  test('when Konvert had the wait, and what was done, until it is answered (T1, T2)', async () => {
    await says();
    const at = world.clock.now();
    await says('Are you there?');
    expect(await row()).toMatchObject({ enteredAt: at });

    await createTimers(world.deps).set(await row(), { of: at, told: at });
    await answers({ clearUnanswered: false });
    await says('So?');
    expect(await row()).toMatchObject({ enteredAt: at, timer: { of: at, told: at } });

    await answers({});
    expect(await row()).not.toHaveProperty('enteredAt');
    expect(await row()).not.toHaveProperty('timer');
    await says('One thing more');
    expect(await row()).toMatchObject({ enteredAt: world.clock.now() });
  });

  test('that somebody answered, but not what ends a wait without a word (T3)', async () => {
    await says();
    await answers({ clearUnanswered: false });
    expect(await row()).not.toHaveProperty('spoken');
    await world.noReplyNeeded(CLIENT, { noReplyNeeded: true, seenUpTo: (await world.chat(CLIENT)).seenUpTo });
    await world.drain();
    expect(await row()).not.toHaveProperty('spoken');

    await says('And now?');
    await answers({});
    expect(await row()).toMatchObject({ spoken: true });
    await says('Thanks');
    expect(await row()).toMatchObject({ spoken: true });
  });

  test('that somebody answered all the same, after no reply was needed (T3)', async () => {
    await says();
    await world.noReplyNeeded(CLIENT, { noReplyNeeded: true, seenUpTo: (await world.chat(CLIENT)).seenUpTo });
    await world.drain();
    await answers({ clearUnanswered: false });
    expect(await row()).not.toHaveProperty('spoken');
    await answers({});
    expect(await row()).toMatchObject({ spoken: true });
  });

  test('that somebody answered what a "no reply needed" had closed, though the client wrote again meanwhile (T3)', async () => {
    await says();
    const { seenUpTo } = await world.chat(CLIENT);
    await world.noReplyNeeded(CLIENT, { noReplyNeeded: true, seenUpTo });
    await world.drain();
    await says('And one thing more');
    await answers({ seenUpTo });
    expect(await row()).toMatchObject({ chat: { unansweredCount: 1 }, spoken: true });
  });

  test('nothing of an answer to who was nobody’s since: also a recount brings nothing back (T3)', async () => {
    await says();
    await answers({});
    const { contact } = await address();
    await world.ask('DELETE', `/v3/contacts/${contact?.id}`);
    expect(await row()).not.toHaveProperty('spoken');
    await world.store.foldChat(key(), FIRST_KEY);
    expect(await row()).not.toHaveProperty('spoken');

    // Somebody gets the client who writes again.
    await says();
    expect(await row()).toMatchObject({ viewers: [expect.any(String)] });
    await world.store.foldChat(key(), FIRST_KEY);
    expect(await row()).not.toHaveProperty('spoken');
  });

  test('that somebody answered who is nobody’s, also what they had said before (T3)', async () => {
    await says();
    const { contact } = await address();
    await world.ask('DELETE', `/v3/contacts/${contact?.id}`);
    // The CRM itself answers, and takes nobody.
    await answers({ crmUserId: undefined });
    expect(await row()).toMatchObject({ viewers: [], spoken: true });
    await world.store.foldChat(key(), FIRST_KEY);
    expect(await row()).toMatchObject({ spoken: true });
  });
});

describe('the address keeps since when somebody has the client (T1)', () => {
  test('from the turn on, though contact and deal come later', async () => {
    await says();
    const { since, decidedAt, contact } = await address();
    expect(since).toBe(decidedAt);
    expect(contact).toBeDefined();
  });

  test('from a push on that names somebody else, and not from one that does not', async () => {
    await says();
    const { since } = await address();
    const card = (responsibleUserId: string) => ({
      ...{ id: 'c1', name: 'One', responsibleUserId },
      contactData: [{ chatType: 'telegram', chatId: String(CLIENT) }],
    });
    world.clock.advance(5_000);
    await world.ask('POST', '/v3/contacts', [card('anna')]);
    expect((await address()).since).toBe(since);
    await world.ask('POST', '/v3/contacts', [card('boris')]);
    expect((await address()).since).toBe(world.clock.now());
    await world.ask('DELETE', '/v3/contacts/c1');
    expect(await address()).not.toHaveProperty('since');
  });
});
