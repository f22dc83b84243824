import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatKey } from '#domain/message';
import { REFUSED } from './company.ts';
import { createWaitsWorld, type WaitsWorld } from './waits-world.ts';

let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
});

afterEach(() => world.stop());

async function records() {
  const { assignments } = await world.store.assignments.page(world.account.accountId, 100);
  return assignments.reverse();
}

describe('a client whom nobody answers', () => {
  test('is warned of, and then goes to the next, at the time that was told (T3, T8)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    const wroteAt = world.clock.now();
    await world.say(1, 'Hello?');
    expect(await world.ownerOf(1)).toBe('anna');

    await world.play(13.5);
    expect(await world.chat(1)).not.toHaveProperty('leavesAt');
    await world.play(0.6);
    expect(await world.chat(1)).toMatchObject({
      responsibleUserId: 'anna',
      late: true,
      leavesAt: new Date(wroteAt + 15 * 60_000).toISOString(),
    });
    await world.play(1);
    const returned = await world.chat(1);
    expect(returned).toMatchObject({ responsibleUserId: 'boris', unanswered: true });
    expect(returned).not.toHaveProperty('leavesAt');
    expect(await records()).toMatchObject([
      { userId: 'anna', rule: 'round-robin' },
      {
        userId: 'boris',
        rule: 'returned',
        from: 'anna',
        waitedMinutes: 15,
        passedOver: expect.arrayContaining([{ userId: 'anna', reason: 'HAD_THIS_CLIENT' }]),
      },
    ]);
  });

  test('goes to each of them once, then into the pool, and the heads are told (T6, T7)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    const owners: (string | null)[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      owners.push(await world.ownerOf(1));
      await world.play(15.1);
    }

    expect(owners).toEqual(['anna', 'boris', 'clara', null]);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: null, unanswered: true, told: expect.any(String) });
    expect((await records()).map(({ userId, rule }) => [userId, rule])).toEqual([
      ['anna', 'round-robin'],
      ['boris', 'returned'],
      ['clara', 'returned'],
      [null, 'returned'],
    ]);
  });

  test('is a new client of who had them first, also if a reply takes them out of the pool (S4, D8)', async () => {
    await world.choose({ returnAfterMinutes: 15, returnsAtMost: 1 });
    await world.say(1, 'Hello?');
    await world.play(32);
    expect(await world.ownerOf(1)).toBeNull();

    expect(await world.reply(1, { crmUserId: 'clara' })).toMatchObject({ status: 201 });
    await world.drain();

    expect((await records()).map(({ userId, rule }) => [userId, rule])).toEqual([
      ['anna', 'round-robin'],
      ['boris', 'returned'],
      [null, 'returned'],
      ['clara', 'first-reply'],
    ]);
    const { body } = await world.ask('GET', '/v1/statistics?groupBy=user');
    const { rows } = body as { rows: { key: string; newClients: number; received: number; letGo: number }[] };
    // Anna let the client go to Boris, and Boris into the pool.
    expect(rows.map(({ key, newClients, received, letGo }) => [key, newClients, received, letGo])).toEqual([
      ['anna', 1, 0, 1],
      ['boris', 0, 1, 1],
      ['clara', 0, 0, 0],
    ]);
  });

  test('costs nothing more once all is done', async () => {
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 });
    await world.say(1, 'Hello?');
    await world.play(120);
    expect(await world.isMinded(1)).toBe(false);
    const { version } = await world.chat(1);
    await world.play(60);
    expect((await world.chat(1)).version).toBe(version);
  });
});

describe('a reply', () => {
  test('in the last second prevents the return, also if its bell is slow (T8, I8)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(14.9);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
    expect(await world.reply(1, { crmUserId: 'anna' })).toMatchObject({ status: 201 });
    world.dropBells();

    await world.play(3);
    expect(await world.ownerOf(1)).toBe('anna');
    expect(await records()).toHaveLength(1);
  });

  test('in time costs no task and no mark', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(10);
    await world.reply(1, { crmUserId: 'anna' });
    await world.drain();
    await world.play(20);
    expect(await world.chat(1)).not.toHaveProperty('late');
    expect(await world.isMinded(1)).toBe(false);
  });

  test('ends all that was done about a wait, and the next message begins another (T1, T2)', async () => {
    await world.choose({ returnAfterMinutes: null, tellHeadsAfterMinutes: 5 });
    await world.say(1, 'Hello?');
    await world.play(6);
    expect(await world.chat(1)).toMatchObject({ late: true, told: expect.any(String) });

    await world.reply(1, { crmUserId: 'anna' });
    await world.drain();
    const answered = await world.chat(1);
    expect([answered.unansweredCount, answered.late, answered.told]).toEqual([0, undefined, undefined]);
    await world.say(1, 'And when?');
    await world.play(4);
    expect(await world.chat(1)).not.toHaveProperty('told');
    await world.play(2);
    expect(await world.chat(1)).toMatchObject({ late: true, told: expect.any(String) });
  });

  test('of who had the client before is refused (I8)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(15.1);
    expect(await world.reply(1, { crmUserId: 'anna' })).toMatchObject({ status: 403 });
    expect(await world.reply(1, { crmUserId: 'boris' })).toMatchObject({ status: 201 });
  });
});

describe('a client whom no look would find', () => {
  test.each([
    ['whose message came late', async () => world.say(1, 'Hello?', { at: world.clock.now() - 40 * 60_000 })],
    [
      'for whom a reply is needed after all',
      async () => {
        await world.say(1, 'Hello?');
        const { seenUpTo } = await world.chat(1);
        await world.noReplyNeeded(1, { noReplyNeeded: true, seenUpTo });
        await world.play(40);
        await world.noReplyNeeded(1, { noReplyNeeded: false });
        await world.drain();
      },
    ],
  ])('%s has a whole new time, and then leaves (T1, T2)', async (_who, wait) => {
    await world.choose({ returnAfterMinutes: 15 });
    await wait();

    await world.play(13.5);
    expect(await world.chat(1)).not.toHaveProperty('leavesAt');
    await world.play(2);
    expect(await world.ownerOf(1)).toBe('boris');
  });

  test('to whom a reply was refused has a whole new time, and stays with who has spoken to them (T2, T3)', async () => {
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 20 });
    await world.say(1, 'Hello?');
    world.bot.answerNext('sendMessage', REFUSED);
    await world.reply(1, { crmUserId: 'anna' });
    await world.drain({ deliver: false });
    world.clock.advance(40 * 60_000);
    await world.drain();

    await world.play(19.5);
    expect(await world.chat(1)).not.toHaveProperty('told');
    await world.play(1);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: 'anna', told: expect.any(String) });
  });

  test('whose older message comes while they wait keeps their time (T1)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(5);
    await world.say(1, 'Earlier', { at: world.clock.now() - 40 * 60_000 });
    await world.play(9.5);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
    await world.play(1);
    expect(await world.ownerOf(1)).toBe('boris');
  });

  test('is found by the watchdog', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    world.clock.advance(40 * 60_000);
    const looks = world.db.items('accounts').filter(({ p }) => p === 'waiting');
    expect(looks).toHaveLength(1);
    await world.app.listeners['watch-chats']();
    await world.pass(0);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
  });
});

describe('the setting', () => {
  test('that is new tells of who waits already, and moves nobody (T13)', async () => {
    await world.choose(null);
    await world.say(1, 'Hello?');
    await world.play(60);
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 });
    await world.play(40);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: 'anna', told: expect.any(String) });
    expect(await records()).toHaveLength(1);
  });

  test('that ends leaves clients where they are', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(14.5);
    await world.choose(null);
    await world.play(30);
    expect(await world.ownerOf(1)).toBe('anna');
    expect(await world.isMinded(1)).toBe(false);
  });
});

describe('while the channel is disabled', () => {
  async function setDisabled(isDisabled: boolean) {
    const { channelId } = world.channel;
    const { status, text } = await world.ask('PATCH', `/v1/channels/${channelId}`, { enabled: !isDisabled });
    if (status !== 200) throw new Error(text);
  }

  test('who was given back stays, and leaves by the whole time afterwards (T10, T13)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.ask('PUT', '/v1/users/anna/status', { status: 'away', return: true }, 'anna');
    const key = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' });
    const timer = async () => (await world.store.chats.get(key))?.timer;
    expect(await timer()).toMatchObject({ leavesAt: expect.any(Number), back: true });

    await setDisabled(true);
    await world.play(2);

    expect(await timer()).toEqual({ of: expect.any(Number), told: expect.any(Number), stands: true });
  });

  test('clocks stand, the heads are told once, and afterwards the whole time runs (T13)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(14.5);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
    await setDisabled(true);
    await world.play(60);
    const { told, ...standing } = await world.chat(1);
    expect(standing).toMatchObject({ responsibleUserId: 'anna' });
    expect(standing).not.toHaveProperty('leavesAt');
    expect(told).toEqual(expect.any(String));

    await setDisabled(false);
    await world.play(14);
    expect(await world.ownerOf(1)).toBe('anna');
    await world.play(12);
    expect(await world.ownerOf(1)).toBe('boris');
    expect(await records()).toHaveLength(2);
  });

  test('the whole time runs afterwards, also if it was up again before anybody looked (T13)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await setDisabled(true);
    await world.play(12);
    await setDisabled(false);

    await world.play(14.9);
    expect(await world.ownerOf(1)).toBe('anna');
    await world.play(0.3);
    expect(await world.ownerOf(1)).toBe('boris');
  });

  test('to enable it once more restarts no clock', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await world.play(5);
    await setDisabled(false);

    await world.play(10.2);
    expect(await world.ownerOf(1)).toBe('boris');
  });
});
