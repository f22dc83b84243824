import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatKey } from '#domain/message';
import { createRingEvents } from '#flows/ring-events';
import { createTeamNews } from '#flows/sight/team-news';
import { transact } from '#store/dynamo/transaction';
import { type Desk, deskOf } from '#test/functions/company';
import { createEventWorld, type EventWorld } from '#test/functions/event-world';
import type { World } from '#test/world';

const CLIENT = 501;

let events: EventWorld;
let world: World;
let desk: Desk;

beforeEach(async () => {
  events = await createEventWorld();
  world = events.world;
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'head'].map((id) => ({ id, name: id })));
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
  await only({ assignments: true, waiting: true });
});

afterEach(() => events.stop());

const OFF = { messagesAndStatuses: false, contactsAndDealsCreation: false, channelsUpdates: false };

async function only(wanted: { assignments?: boolean; waiting?: boolean; contactsAndDealsCreation?: boolean }) {
  await events.register({ subscriptions: { ...OFF, assignments: false, waiting: false, ...wanted } });
  // Until then other processes remember the registration before.
  world.clock.advance(10_000);
}

async function giveOut(mode: 'round-robin' | 'first-reply'): Promise<void> {
  const newClients = mode === 'round-robin' ? { mode, pipelineId: '1', stageId: '10' } : { mode };
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
    { userId: 'head', role: 'manager', allowGetNewClients: false },
  ];
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
}

const handOver = (userId: string) => desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId });
const records = async () => (await world.store.assignments.page(world.account.accountId, 50)).assignments;
/** What came at the receiver, call by call, without probes. */
const told = () => events.receiver.kept.flatMap(({ body }) => (body?.test ? [] : [body]));

describe('a receiver that is subscribed to assignments hears of each record, once and in order', () => {
  test('of a turn of the rotation', async () => {
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');

    const [record] = await records();
    const { contactId, at, ...rest } = record!;
    const expected = { ...rest, at: new Date(at).toISOString() };
    expect(told()).toEqual([{ assignments: [{ ...expected, contactId: expect.anything() }] }]);
    expect(record).toMatchObject({ userId: 'anna', rule: 'round-robin', place: 1 });
  });

  test('of a first reply', async () => {
    await giveOut('first-reply');
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT, { crmUserId: 'anna' });
    await world.drain();

    expect(told()).toMatchObject([{ assignments: [{ userId: 'anna', rule: 'first-reply', chatId: '501' }] }]);
  });

  test('of a hand-over, and of the next one behind it', async () => {
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');
    for (const userId of ['boris', 'head']) {
      world.clock.advance(1_000);
      await handOver(userId);
    }
    await world.drain();

    const users = told().map(({ assignments: [{ userId, rule }] }) => `${userId} ${rule}`);
    expect(users).toEqual(['anna round-robin', 'boris handed-over', 'head handed-over']);
    const ids = told().map(({ assignments: [{ assignmentId }] }) => assignmentId);
    expect((await records()).map(({ assignmentId }) => assignmentId).reverse()).toEqual(ids);
  });

  test('of a hand-over that is overtaken, as often as it was made', async () => {
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');
    await Promise.all([handOver('boris'), handOver('head')]);
    await world.drain();

    expect(told()).toHaveLength(3);
    expect(await records()).toHaveLength(3);
  });

  test('of a decision before the CRM has made its contact', async () => {
    await only({ assignments: true, contactsAndDealsCreation: true });
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');

    const [first, second] = told();
    expect(first).toMatchObject({ assignments: [{ userId: 'anna', rule: 'round-robin' }] });
    expect(first.assignments[0]).not.toHaveProperty('contactId');
    expect(second).toHaveProperty('createContact');
  });

  test('of no decision that does not hold any more: it would come behind what holds', async () => {
    await only({ contactsAndDealsCreation: true });
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');
    await only({ assignments: true, contactsAndDealsCreation: true });
    await handOver('boris');
    await world.drain();

    const heard = told().flatMap(({ assignments = [] }) => assignments);
    expect(heard).toMatchObject([{ userId: 'boris', rule: 'handed-over' }]);
  });

  test('a bell that comes again tells nothing again', async () => {
    await giveOut('round-robin');
    await world.say(CLIENT, 'hello');
    const address = world.db.items('addresses').find(({ a }) => String(a).endsWith(String(CLIENT)));
    await world.store.tasks.put({ kind: 'assign', address: String(address?.a) });
    await world.pass(60_000);

    expect(told()).toHaveLength(1);
  });
});

test('a receiver that is not subscribed hears nothing, and no row is made', async () => {
  await only({});
  await giveOut('round-robin');
  await world.say(CLIENT, 'hello');
  await handOver('boris');
  await world.drain();

  expect(told()).toEqual([]);
  expect(events.rows()).toEqual([]);
});

describe('clients who wait too long', () => {
  const waiting = () => ({
    what: 'waiting' as const,
    chat: chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: String(CLIENT) }),
    waitsSince: world.clock.now() - 60_000,
    at: world.clock.now(),
  });
  const ring = async () => {
    await createRingEvents({
      ...world.deps,
      bells: { ring: async (queue, body) => void world.sent[queue].push(body) },
    })(world.account.accountId, 'waiting');
    await world.drain();
  };
  const tell = async (event: ReturnType<typeof waiting> & { readonly responsibleUserId?: string }) => {
    const { accountId } = world.account;
    const writes = await createTeamNews(world.deps).writesOf(accountId, [event]);
    return transact(world.deps.client, writes);
  };

  test('are told with the transaction that tells heads, and once for that', async () => {
    const event = { ...waiting(), responsibleUserId: 'anna' };
    expect([await tell(event), await tell(event)]).toEqual([true, false]);
    await ring();

    const { channelId } = world.channel;
    const since = new Date(event.waitsSince).toISOString();
    const client = { channelId, chatType: 'telegram', chatId: '501', since, responsibleUserId: 'anna' };
    expect(told()).toEqual([{ waiting: [client] }]);
  });

  test('of the pool have no responsible user', async () => {
    await tell(waiting());
    await ring();

    expect(told()[0].waiting[0]).not.toHaveProperty('responsibleUserId');
  });

  test('are not told to whom is subscribed to assignments only', async () => {
    await only({ assignments: true });
    expect(await createTeamNews(world.deps).writesOf(world.account.accountId, [waiting()])).toEqual([]);
  });
});
