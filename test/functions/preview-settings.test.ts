import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/settings-routes';
import { addressKey } from '#domain/address';
import { ROLES } from '#domain/settings';
import { MOST_CHATS, MOST_WAITING } from '#flows/preview-settings';
import { poolScope, viewerId } from '#store/chats/scopes';
import { type Desk, deskOf } from '#test/functions/company';
import { type Answer, createWorld, type World } from '#test/world';

const USERS = ['anna', 'boris', 'clara', 'dora', 'egor'];
const FIRST_REPLY = { mode: 'first-reply' };
const ROUND_ROBIN = { mode: 'round-robin', pipelineId: '1' };

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...USERS.map((id) => ({ id, name: `Name of ${id}` })));
  await desk.push('pipelines', { id: '1', name: 'Sales' });
});

afterEach(() => world.stop());

const seller = (userId: string, allowGetNewClients = false) => ({ userId, role: 'seller', allowGetNewClients });
const pathOf = (channelId = world.channel.channelId) => `/v1/settings/channels/${channelId}`;
const ask = (body: unknown, channelId?: string) => desk.ask('POST', `${pathOf(channelId)}/preview`, body);

async function preview(body: unknown): Promise<{ givenOut: number; losesSight: { userId: string; chats: number }[] }> {
  const { status, body: told } = await ask(body);
  expect(status).toBe(200);
  expect(contract.preview.parse(told)).toEqual(told);
  const { atLeast, ...rest } = told as { atLeast: boolean; givenOut: number; losesSight: [] };
  expect(atLeast).toBe(false);
  return rest;
}

async function put(body: unknown): Promise<void> {
  expect(await desk.ask('PUT', pathOf(), body)).toMatchObject({ status: 200 });
  await world.drain();
}

async function records(): Promise<number> {
  const { assignments } = (await desk.ask('GET', '/v1/assignments')).body as { assignments: unknown[] };
  return assignments.length;
}

describe('what a save would change is told, and nothing changes', () => {
  beforeEach(async () => {
    await put({
      newClients: FIRST_REPLY,
      userRoles: [seller('anna'), seller('boris'), { ...seller('dora'), role: 'manager' }],
    });
    for (const client of [1, 2, 3]) await world.say(client, 'hello');
  });

  test('D6 switching to round-robin gives out those who wait', async () => {
    const userRoles = [seller('anna', true), seller('boris'), { ...seller('dora'), role: 'manager' }];

    expect(await preview({ newClients: ROUND_ROBIN, userRoles })).toEqual({
      givenOut: 3,
      losesSight: [{ userId: 'boris', chats: 3 }],
    });
    expect(await desk.seenBy('boris')).toHaveLength(3);
    expect(await records()).toBe(0);
    expect(await desk.ask('GET', '/v1/settings')).toMatchObject({
      body: { channels: { [world.channel.channelId]: { version: 1, newClients: FIRST_REPLY } } },
    });
  });

  test('D6 with nobody switched on, or by first reply, nobody is given out', async () => {
    const userRoles = [seller('anna'), seller('boris'), { ...seller('dora'), role: 'manager' }];

    expect(await preview({ newClients: ROUND_ROBIN, userRoles })).toEqual({ givenOut: 0, losesSight: [] });
    expect(await preview({ newClients: FIRST_REPLY, userRoles: [seller('anna', true)] })).toEqual({
      givenOut: 0,
      losesSight: [
        { userId: 'boris', chats: 3 },
        { userId: 'dora', chats: 3 },
      ],
    });
  });

  test('D1 D2 clients of a contact, and those who were answered, are not given out', async () => {
    await desk.push('contacts', {
      id: 'c1',
      responsibleUserId: 'boris',
      name: 'One',
      contactData: [{ chatType: 'telegram', chatId: '1' }],
    });
    expect(await world.reply(2)).toMatchObject({ status: 201 });
    await world.drain();

    expect(await preview({ newClients: ROUND_ROBIN, userRoles: [seller('anna', true)] })).toMatchObject({
      givenOut: 1,
    });
  });

  test('D7 a client who waits in two channels is one', async () => {
    const other = await world.addChannel(world.account);
    await world.say(1, 'hello', { channel: other });

    expect(await preview({ newClients: ROUND_ROBIN, userRoles: [seller('anna', true)] })).toMatchObject({
      givenOut: 3,
    });
  });

  test('a client whose contact was deleted is new when they write again, and not before (D1)', async () => {
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    await desk.push('contacts', { id: 'c1', responsibleUserId: 'boris', name: 'One', contactData });
    await desk.remove('contacts', 'c1');
    await world.drain();
    const chosen = { newClients: ROUND_ROBIN, userRoles: [seller('anna', true)] };

    expect(await preview(chosen)).toMatchObject({ givenOut: 2 });
    await world.say(1, 'again');
    expect(await preview(chosen)).toMatchObject({ givenOut: 3 });
  });

  test('chats of another channel are none of it', async () => {
    const other = await world.addChannel(world.account);
    await desk.give({ anna: 'seller', dora: 'manager' }, other);
    await world.say(9, 'hello', { channel: other });

    expect(await preview({ newClients: FIRST_REPLY, userRoles: [] })).toEqual({
      givenOut: 0,
      losesSight: ['anna', 'boris', 'dora'].map((userId) => ({ userId, chats: 3 })),
    });
    expect((await ask({ newClients: FIRST_REPLY, userRoles: [] }, other.channelId)).body).toEqual({
      givenOut: 0,
      losesSight: ['anna', 'dora'].map((userId) => ({ userId, chats: 1 })),
      atLeast: false,
    });
  });
});

describe('what a save refuses, its preview refuses', () => {
  const good = { newClients: FIRST_REPLY, userRoles: [] };

  test.each<{ name: string; body: unknown; channelId?: string }>([
    { name: 'an empty body', body: {} },
    { name: 'an unknown user', body: { ...good, userRoles: [seller('nobody')] } },
    { name: 'an unknown pipeline', body: { ...good, newClients: { ...ROUND_ROBIN, pipelineId: '9' } } },
    {
      name: 'quality control that receives',
      body: { ...good, userRoles: [{ ...seller('anna', true), role: 'auditor' }] },
    },
    { name: 'a stale version', body: { ...good, version: 7 } },
    { name: 'a stale version with a user who is gone', body: { ...good, userRoles: [seller('nobody')], version: 7 } },
    { name: 'an unknown channel', body: good, channelId: 'none' },
    { name: 'settings that are stored already, by a stale version: neither refuses', body: { ...good, version: 0 } },
  ])('$name', async ({ body, channelId }) => {
    await put(good);

    const told = await ask(body, channelId);
    const saved = await desk.ask('PUT', pathOf(channelId), body);

    const outcome = ({ status, body: answer }: Answer) => (status === 200 ? 200 : [status, answer]);
    expect(outcome(told)).toEqual(outcome(saved));
  });

  test('I6 a channel of another account, or a deleted one', async () => {
    const other = await world.addAccount();
    const { channelId } = await world.addChannel(other);
    const there = await desk.ask('POST', `${pathOf(channelId)}/preview`, good);
    await desk.ask('DELETE', `/v1/channels/${world.channel.channelId}`);

    for (const { status, body } of [there, await ask(good)]) {
      expect([status, body]).toMatchObject([404, { error: 'CHANNEL_NOT_FOUND' }]);
    }
  });
});

describe('a large channel is counted up to a limit, and that is said', () => {
  /** Chats that were there before, as the store keeps them. */
  function store(count: number, viewers: readonly string[], waits = false): void {
    const { accountId: account } = world.account;
    const { channelId: ch } = world.channel;
    const [viewer] = viewers;
    const v = viewer === undefined ? poolScope(account, ch).id : viewerId(account, viewer);
    for (let index = 0; index < count; index += 1) {
      const c = `${ch}#telegram#${100_000 + index}`;
      const place = `${1_700_000_000_000 + index}#x`;
      putItem('chats', { c, s: '-', account, ver: 1, viewers, ch, v, r: place, ...(waits && { u: place }) });
      const a = addressKey(account, 'telegram', String(100_000 + index));
      if (waits) putItem('addresses', { a, s: '-', viewers: [], chats: new Set([c]), wrote: new Set([c]), av: 1 });
    }
  }
  const putItem = (TableName: string, Item: Record<string, unknown>) =>
    world.db.apply(new PutCommand({ TableName, Item }) as never);

  test('chats that somebody loses', async () => {
    await desk.give({ anna: 'seller', dora: 'manager' });
    store(MOST_CHATS + 3_000, ['anna']);
    let read = 0;
    world.failing = ({ kind, input }) => {
      if (kind === 'BatchGetCommand') read += input.RequestItems.chats?.Keys.length ?? 0;
      return false;
    };

    const { body } = await ask({ newClients: FIRST_REPLY, userRoles: [] });

    expect(body).toEqual({
      givenOut: 0,
      losesSight: ['anna', 'dora'].map((userId) => ({ userId, chats: MOST_CHATS })),
      atLeast: true,
    });
    expect(read).toBe(MOST_CHATS);
  });

  test('clients who wait', async () => {
    await desk.give({ anna: 'seller' });
    store(MOST_WAITING + 1, [], true);

    expect((await ask({ newClients: ROUND_ROBIN, userRoles: [seller('anna', true)] })).body).toEqual({
      givenOut: MOST_WAITING,
      losesSight: [],
      atLeast: true,
    });
  });

  test('a thousand roles, each user once', async () => {
    const ids = Array.from({ length: 990 }, (_, index) => `u${index}`);
    await desk.push('users', ...ids.slice(0, 100).map((id) => ({ id, name: id })));
    for (let at = 100; at < ids.length; at += 100) {
      await desk.push('users', ...ids.slice(at, at + 100).map((id) => ({ id, name: id })));
    }
    for (const client of [1, 2, 3]) await world.say(client, 'hello');
    await save(ids.map((id) => seller(id)));

    const { givenOut, losesSight } = await preview({
      newClients: ROUND_ROBIN,
      userRoles: ids.map((id) => seller(id, true)),
    });
    expect(givenOut).toBe(3);
    expect(losesSight).toHaveLength(990);
    expect(await preview({ newClients: FIRST_REPLY, userRoles: [] })).toEqual({
      givenOut: 0,
      losesSight: ids.map((userId) => ({ userId, chats: 3 })),
    });
  });
  const save = async (userRoles: unknown[]) => {
    expect(await desk.ask('PUT', pathOf(), { newClients: FIRST_REPLY, userRoles })).toMatchObject({ status: 200 });
    await world.drain();
  };
});

describe('what was told is what happens', () => {
  const someSettings = fc.record({
    newClients: fc.constantFrom(FIRST_REPLY, ROUND_ROBIN, { mode: 'unsorted' }),
    userRoles: fc
      .uniqueArray(
        fc.record({ userId: fc.constantFrom(...USERS), role: fc.constantFrom(...ROLES), on: fc.boolean() }),
        {
          selector: ({ userId }) => userId,
        },
      )
      .map((all) =>
        all.map(({ userId, role, on }) => ({ userId, role, allowGetNewClients: on && role !== 'auditor' })),
      ),
  });
  const client = fc.integer({ min: 1, max: 8 });
  const someone = fc.constantFrom(...USERS);
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant('writes' as const), client }) },
    fc.record({ does: fc.constant('is answered' as const), client, by: fc.option(someone, { nil: undefined }) }),
    fc.record({ does: fc.constant('is pushed' as const), client, by: fc.constantFrom(...USERS, 'nobody') }),
    fc.record({ does: fc.constant('has a deal' as const), client, by: someone }),
    fc.record({ does: fc.constant('is deleted' as const), client }),
  );
  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

  async function happen(one: Event): Promise<void> {
    const contactData = [{ chatType: 'telegram', chatId: String(one.client) }];
    const contact = { id: `c${one.client}`, name: 'Client', contactData };
    switch (one.does) {
      case 'writes':
        return world.say(one.client, 'hello');
      case 'is answered':
        await world.reply(one.client, one.by === undefined ? {} : { crmUserId: one.by });
        break;
      case 'is pushed':
        await desk.push('contacts', { ...contact, responsibleUserId: one.by });
        break;
      case 'has a deal':
        await desk.push('contacts', { ...contact, responsibleUserId: 'egor' });
        await desk.push('deals', {
          id: `d${one.client}`,
          responsibleUserId: one.by,
          name: 'Deal',
          contacts: [contact.id],
          closed: false,
        });
        break;
      case 'is deleted':
        await desk.ask('DELETE', `/v3/contacts/${contact.id}`);
        break;
      default:
        one satisfies never;
    }
    await world.drain();
  }

  const listsOfAll = async () =>
    new Map(await Promise.all(USERS.map(async (id) => [id, await desk.seenBy(id)] as const)));

  test('by the lists of all users and the records of assignments, for any settings and any history', async () => {
    const step = fc.record({ events: fc.array(event, { maxLength: 6 }), chosen: someSettings });
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
          for (const { events, chosen } of steps) {
            for (const one of events) await happen(one);
            await world.pass(11_000);
            const [before, recorded] = [await listsOfAll(), await records()];

            const told = await preview(chosen);
            await put(chosen);

            const after = await listsOfAll();
            const lost = USERS.map((userId) => ({
              userId,
              chats: before.get(userId)!.filter((chat) => !after.get(userId)!.includes(chat)).length,
            }));
            const byUser = (one: { userId: string }, other: { userId: string }) => (one.userId < other.userId ? -1 : 1);
            expect(told.losesSight.toSorted(byUser)).toEqual(lost.filter(({ chats }) => chats > 0).sort(byUser));
            expect(told.givenOut).toBe((await records()) - recorded);
          }
        })
        .beforeEach(async (previous) => {
          await previous();
          await world.stop();
          world = await createWorld();
          desk = deskOf(world);
          await desk.push('users', ...USERS.map((id) => ({ id, name: `Name of ${id}` })));
          await desk.push('pipelines', { id: '1', name: 'Sales' });
        }),
      { numRuns: 30 },
    );
  });
});
