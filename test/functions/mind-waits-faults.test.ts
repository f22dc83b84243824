import { describe, expect, test } from 'vitest';
import { chatKey } from '#domain/message';
import { waitTaskName } from '#store/outbox/wait-task';
import type { Command } from '#test/scheduler/memory-dynamo';
import type { Asked } from '#test/world';
import { createWaitsWorld, type WaitsWorld } from './waits-world.ts';

const WRITES = ['PutCommand', 'UpdateCommand', 'DeleteCommand', 'TransactWriteCommand'];

/** A client waits, and a minute passes before somebody is warned. */
async function opened(): Promise<WaitsWorld> {
  const world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 15 });
  await world.say(1, 'Hello?');
  await world.play(12);
  return world;
}

/** What the client's history says of the returns. */
async function returnsOf(world: WaitsWorld) {
  const { assignments } = await world.store.assignments.page(world.account.accountId, 100);
  return assignments.filter(({ rule }) => rule === 'returned').map(({ from, userId }) => `${from}-${userId}`);
}

/** The k-th write of those minutes is lost, or only its answer is. False if there were fewer. */
async function fails(world: WaitsWorld, k: number, isWritten: boolean): Promise<boolean> {
  let writes = 0;
  world.failing = ({ kind, input }: Asked) => {
    if (!WRITES.includes(kind)) return false;
    writes += 1;
    if (writes !== k) return false;
    if (isWritten) world.db.apply(commandOf(kind, input));
    return true;
  };
  // A queue gives back what failed, and here the sweep of the next minute does.
  for (let half = 0; half < 10; half += 1) await world.play(0.5).catch(() => world.drain().catch(() => undefined));
  world.failing = undefined;
  return writes >= k;
}

function commandOf(kind: string, input: Asked['input']): Command {
  return Object.assign(Object.create({ constructor: { name: kind } }), { input });
}

describe.each([
  ['is lost', false],
  ['succeeds, and its answer is lost', true],
])('a client who is warned of and returned, while a write %s', (_what, isWritten) => {
  test('is returned once, to the next, whichever write it is (I12)', async () => {
    for (let k = 1; ; k += 1) {
      const world = await opened();
      const failed = await fails(world, k, isWritten);
      await world.play(8);
      expect([k, await world.ownerOf(1), ...(await returnsOf(world))]).toEqual([k, 'boris', 'anna-boris']);
      await world.stop();
      if (!failed) break;
      expect(k).toBeLessThan(40);
    }
  });
});

test('two runs at once do each thing once (I12)', async () => {
  const world = await opened();
  const { channelId } = world.channel;
  const body = waitTaskName(chatKey({ channelId, chatType: 'telegram', chatId: '1' }));
  const twice = { Records: [{ body }] };
  for (let half = 0; half < 10; half += 1) {
    await world.play(0.5);
    await Promise.all([1, 2, 3].map(() => world.app.listeners['mind-waits'](twice)));
  }
  expect(await world.ownerOf(1)).toBe('boris');
  expect(await returnsOf(world)).toEqual(['anna-boris']);
  await world.stop();
});

test('a run that was overtaken by another ends no task', async () => {
  const world = await opened();
  const name = waitTaskName(chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' }));
  const isThere = () => world.db.items('outbox').some(({ l }) => l === name);
  await world.play(1);
  await world.reply(1);
  await world.drain();
  expect(isThere()).toBe(true);
  // Nothing more is due, and the chat changes before that is noted.
  world.failing = ({ kind, input }: Asked) => {
    if (!WRITES.includes(kind) || !JSON.stringify(input).includes(name)) return false;
    world.failing = undefined;
    const chat = world.db.items('chats').find(({ s }) => s === '-')!;
    world.db.apply(commandOf('PutCommand', { TableName: 'chats', Item: { ...chat, ver: Number(chat.ver) + 1 } }));
    return false;
  };
  world.clock.advance(60_000);

  await world.app.listeners['mind-waits']({ Records: [{ body: name }] });
  expect(isThere()).toBe(true);

  await world.app.listeners['mind-waits']({ Records: [{ body: name }] });
  expect(isThere()).toBe(false);
  await world.stop();
});

test('a task that rings before its time changes nothing', async () => {
  const world = await opened();
  await world.play(1.5);
  const { version } = await world.chat(1);
  const body = waitTaskName(chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' }));
  const before = world.db.items('outbox').find(({ l }) => l === body);
  await world.app.listeners['mind-waits']({ Records: [{ body }] });
  expect(world.db.items('outbox').find(({ l }) => l === body)).toEqual(before);
  expect((await world.chat(1)).version).toBe(version);
  await world.stop();
});

test('a run that goes on while the channel opens tells no head that nobody is on (T7)', async () => {
  const office = { zone: 'UTC', week: { mon: [['09:00', '09:10']], tue: [['09:00', '18:00']] }, exceptions: {} };
  for (let early = 1; early <= 12; early += 1) {
    const world = await createWaitsWorld();
    await world.ask('PATCH', '/v1/settings', { schedules: { office } });
    await world.choose({ returnAfterMinutes: 5, outsideHours: 'hold' }, undefined, 'office');
    const began = world.clock.now();
    await world.say(1, 'Hello?');
    await world.play(3.5);
    const body = waitTaskName(chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' }));
    world.clock.advance(began + 24 * 3_600_000 - early - world.clock.now());
    world.clock.tick();
    await world.app.listeners['mind-waits']({ Records: [{ body }] });
    expect([early, await world.chat(1)]).toEqual([early, expect.not.objectContaining({ told: expect.anything() })]);
    await world.stop();
  }
});

test('who is erased and writes anew is returned as a new client is, though the erasure goes on for two minutes (E4)', async () => {
  const world = await createWaitsWorld();
  await world.choose({ returnAfterMinutes: 2 });
  await world.say(1, 'Before');
  expect((await world.ask('DELETE', '/v1/people/telegram/1')).status).toBe(202);
  await world.play(0.5);
  await world.say(1, 'Afterwards');
  const owner = await world.ownerOf(1);

  await world.play(3);

  expect(owner).not.toBeNull();
  expect([owner, null]).not.toContain(await world.ownerOf(1));
  await world.stop();
});

test.each([
  ['switched off', null],
  ['other minutes', { returnAfterMinutes: 10 }],
])('with %s nobody is told any more that the client leaves (T8, T13)', async (_what, waiting) => {
  const world = await opened();
  await world.play(2.3);
  expect(await world.chat(1)).toHaveProperty('leavesAt');
  await world.choose(waiting);

  await world.play(2);

  expect(await world.chat(1)).not.toHaveProperty('leavesAt');
  const owner = (await world.ownerOf(1)) ?? '';
  expect((await world.ask('GET', '/v1/me/notices', undefined, owner)).body).toMatchObject({ leaving: [] });
  await world.stop();
});
