import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { ownIds } from '#flows/sight/own-records';
import { taskName } from '#store/outbox/tasks';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'clara', 'head'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({ anna: 'seller with switch', boris: 'seller with switch', clara: 'seller', head: 'manager' });
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const keyOf = (client: number) => addressKey(account(), 'telegram', String(client));
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;

describe('a CRM that listens is asked (D10)', () => {
  const rows = () => world.db.items('outbox').filter(({ kind }) => kind === 'creation');

  async function listen(contactsAndDealsCreation: boolean, endedAt?: number) {
    const before = await world.store.receivers.now(account());
    const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses: true, contactsAndDealsCreation };
    const registration = { uri: 'http://127.0.0.1:9/hook', subscriptions, signing: [], endedAt };
    await world.store.receivers.save(before, registration, 'key-1');
    // Until then other processes remember the registration before.
    world.clock.advance(10_000);
  }

  test('by one row for each decision, however often it is followed, and the chats follow at once (R2)', async () => {
    await listen(true);
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT, { crmUserId: 'boris' });
    await world.drain();
    expect([await desk.seenBy('anna'), await desk.seenBy('boris')]).toEqual([[], ['501']]);
    world.clock.advance(5_000);
    await world.store.tasks.put({ kind: 'assign', address: keyOf(CLIENT) });
    world.sent.tasks.push(taskName({ kind: 'assign', address: keyOf(CLIENT) }));
    await world.drain();

    const { key, generation, decidedAt } = await world.store.addresses.get(keyOf(CLIENT));
    const ids = ownIds({ key, generation }, decidedAt!);
    expect(rows()).toEqual([
      expect.objectContaining({ l: `event#${account()}`, address: key, decidedAt, ids, createdAt: decidedAt }),
    ]);
    expect(rows()[0]).not.toHaveProperty('name');
    expect(await contacts()).toEqual([]);
  });

  test.each([
    ['nothing is registered', undefined],
    ['it listens to messages only', () => listen(false)],
    ['it has ended its registration', () => listen(true, 1)],
  ])('not if %s: Konvert keeps contact and deal', async (_, prepare) => {
    await prepare?.();
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT, { crmUserId: 'boris' });
    await world.drain();

    expect(rows()).toEqual([]);
    expect([(await contacts()).length, (await deals()).length]).toEqual([1, 1]);
  });
});
