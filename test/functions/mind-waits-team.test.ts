import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWaitsWorld, type WaitsWorld } from './waits-world.ts';

let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
});

afterEach(() => world.stop());

async function must(method: string, path: string, body: unknown, user?: string) {
  const { status, text } = await world.ask(method, path, body, user);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
}

const say = (userId: string, status: 'on' | 'away') => must('PUT', `/v1/users/${userId}/status`, { status }, userId);

async function statusOf(userId: string) {
  const { body } = await world.ask('GET', '/v1/users');
  return (body as { users: { userId: string; status: string; by?: string }[] }).users.find(
    (user) => user.userId === userId,
  );
}

async function passedOver() {
  const { assignments } = await world.store.assignments.page(world.account.accountId, 100);
  return assignments.find(({ rule }) => rule === 'returned')?.passedOver;
}

describe('who is away', () => {
  test('gets no returned client, and the record says so (T10, T14)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await say('boris', 'away');
    await world.play(15.2);
    expect(await world.ownerOf(1)).toBe('clara');
    expect(await passedOver()).toContainEqual({ userId: 'boris', reason: 'AWAY' });
  });

  test('keeps the client while nobody is on; the heads are told, and who comes on has the client soon (T6, T7)', async () => {
    await world.choose({ returnAfterMinutes: 15 });
    await world.say(1, 'Hello?');
    await say('boris', 'away');
    await say('clara', 'away');
    await world.play(20);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: 'anna', told: expect.any(String) });
    expect(await world.chat(1)).not.toHaveProperty('leavesAt');

    await say('clara', 'on');
    await world.play(0.1);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
    await world.play(1);
    expect(await world.ownerOf(1)).toBe('clara');
  });
});

describe('while nobody is on', () => {
  const toldOf = async (chatId: number) => 'told' in (await world.chat(chatId));

  test('heads are told of who waits longest, at once, and once in a stretch (T7)', async () => {
    await world.choose({ returnAfterMinutes: 15 }, ['anna']);
    await say('anna', 'away');
    await world.play(3);
    await world.say(1, 'Hello?');
    await world.say(2, 'Hello?');
    await world.play(2.1);
    expect(await toldOf(1)).toBe(true);
    await world.play(5);
    expect(await toldOf(2)).toBe(false);

    await world.reply(1, { crmUserId: 'anna' });
    await world.say(1, 'And another thing');
    await world.play(17);
    expect(await toldOf(1)).toBe(false);

    await say('anna', 'on');
    await world.play(2.1);
    await say('anna', 'away');
    await world.say(3, 'Hello?');
    await world.reply(1, { crmUserId: 'anna' });
    await world.reply(2, { crmUserId: 'anna' });
    await world.drain();
    await world.play(2.1);
    expect(await toldOf(3)).toBe(true);
  });

  test('heads are told of a client of whom they do not know (T7)', async () => {
    await world.choose({ returnAfterMinutes: null, tellHeadsAfterMinutes: 5 }, ['anna']);
    await world.say(1, 'Hello?');
    await world.play(6);
    expect(await toldOf(1)).toBe(true);
    await say('anna', 'away');
    await world.play(3);
    await world.say(2, 'Hello?');
    await world.play(2.1);
    expect(await toldOf(2)).toBe(true);
  });

  test('heads are told when the channel opens, whoever was answered by then (T7, T9)', async () => {
    const office = { zone: 'UTC', week: { mon: [['10:00', '18:00']] }, exceptions: {} };
    await must('PATCH', '/v1/settings', { schedules: { office } });
    await world.choose({ returnAfterMinutes: 15 }, ['anna'], 'office');
    await say('anna', 'away');
    await world.say(1, 'Hello?');
    await world.say(2, 'Hello?');
    await world.play(30);
    await world.reply(1, { crmUserId: 'head' });
    await world.drain();
    await world.play(29);
    expect(await toldOf(2)).toBe(false);
    await world.play(3.1);
    expect(await toldOf(2)).toBe(true);
  });
});

describe('a client in the pool', () => {
  test('who is given out after all that was done about them is minded anew (T1, D6)', async () => {
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 }, ['anna']);
    await say('anna', 'away');
    await world.say(1, 'Hello?');
    await world.play(60);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: null, told: expect.any(String) });
    expect(await world.isMinded(1)).toBe(false);

    await say('anna', 'on');
    expect(await world.ownerOf(1)).toBe('anna');
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 }, ['anna', 'boris']);
    await world.play(15.5);
    expect(await world.ownerOf(1)).toBe('boris');
  });
});

describe('who lets go two clients in a row', () => {
  /** Two clients leave Anna, who says nothing. */
  async function leaveAnna() {
    await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 2 });
    await world.say(1, 'Hello?');
    await world.play(16);
    expect(await world.ownerOf(1)).toBe('boris');
    for (let client = 2; client <= 4; client += 1) await world.say(client, 'Hello?');
    for (const [client, by] of [
      [1, 'boris'],
      [2, 'boris'],
      [3, 'clara'],
    ] as const) {
      await world.reply(client, { crmUserId: by });
    }
    await world.drain();
    expect(await world.ownerOf(4)).toBe('anna');
    await world.play(16);
  }

  test('is set away by Konvert, and receives nobody (T11)', async () => {
    await leaveAnna();
    expect(await statusOf('anna')).toMatchObject({ status: 'away', by: 'konvert' });
    expect(await world.ownerOf(4)).not.toBe('anna');
    for (let client = 5; client <= 8; client += 1) {
      await world.say(client, 'Hello?');
      expect(await world.ownerOf(client)).not.toBe('anna');
    }
  });

  test('is on again when they answer anybody (T11)', async () => {
    await leaveAnna();
    await world.play(11);
    await world.ask('PUT', `${world.pathOf(3)}/responsible`, { userId: 'anna' });
    expect((await world.reply(3, { crmUserId: 'anna' })).status).toBe(201);
    await world.play(1.1);
    expect(await statusOf('anna')).toMatchObject({ status: 'on' });
    const { body } = await world.ask('GET', '/v1/audit');
    const { entries } = body as { entries: { act: string }[] };
    const said = { actor: 'konvert', act: 'user-status-changed', subject: 'anna' };
    expect(entries.filter(({ act }) => act === said.act)).toMatchObject([said, said]);
  });

  test('stays on if they answer somebody in between (T11)', async () => {
    await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 2 }, ['anna', 'boris']);
    await world.say(1, 'Hello?');
    await world.play(16);
    await world.say(2, 'Hello?');
    await world.say(3, 'Hello?');
    await world.ask('PUT', `${world.pathOf(2)}/responsible`, { userId: 'anna' });
    await world.reply(2, { crmUserId: 'anna' });
    await world.reply(1, { crmUserId: 'boris' });
    await world.drain();
    await world.play(32);
    expect(await statusOf('anna')).toMatchObject({ status: 'on' });
  });
});

describe('in a channel where phones answer', () => {
  const DAY = 24 * 60;

  /** The channel has waits that ended in that way, so many minutes ago. */
  function had(count: number, by: 'crm' | 'phone', minutesAgo = 60) {
    const at = world.clock.now() - minutesAgo * 60_000;
    for (let n = 0; n < count; n += 1) {
      const Item = { ch: world.channel.channelId, s: `${at}#${by}${n}`, how: 'answered', by, end: at + 1, v: 1 };
      world.db.apply(new PutCommand({ TableName: 'waits', Item }));
    }
  }

  /** Two clients leave Anna, and nobody answers anybody. */
  async function leaveAnna() {
    await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 2 }, ['anna']);
    await world.say(1, 'Hello?');
    await world.say(2, 'Hello?');
    await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 2 }, ['anna', 'boris']);
    await world.play(16);
    expect([await world.ownerOf(1), await world.ownerOf(2)]).toEqual(['boris', 'boris']);
    return (await statusOf('anna'))?.status;
  }

  test('nobody is set away, who may have answered there (T11)', async () => {
    had(1, 'phone');
    had(1, 'crm');
    expect(await leaveAnna()).toBe('on');
  });

  test('so it is if they give more than a third of the answers, and not at a third (T11)', async () => {
    had(2, 'phone');
    had(4, 'crm');
    expect(await leaveAnna()).toBe('away');
  });

  test('only the answers of seven days count (T11)', async () => {
    had(9, 'phone', 7 * DAY + 1);
    had(1, 'crm');
    expect(await leaveAnna()).toBe('away');
  });

  test('only its latest 200 waits count (T11)', async () => {
    had(200, 'phone', 2 * DAY);
    had(200, 'crm', DAY);
    expect(await leaveAnna()).toBe('away');
  });

  test('it is asked once for many clients who leave at once', async () => {
    had(1, 'phone');
    let asked = 0;
    world.failing = ({ input }) => {
      asked += Number(input.TableName === 'waits' && 'ScanIndexForward' in input);
      return false;
    };
    await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 1 }, ['anna']);
    for (let client = 1; client <= 3; client += 1) await world.say(client, 'Hello?');
    await world.play(16);
    expect(await world.ownerOf(3)).toBeNull();
    expect(asked).toBe(1);
  });
});

describe('outside hours', () => {
  // The world begins on a Monday, at nine in the morning.
  const office = { zone: 'UTC', week: { mon: [['09:00', '09:10']], tue: [['09:00', '18:00']] }, exceptions: {} };

  test('clocks stand, and nobody is warned, moved or told (T9)', async () => {
    await must('PATCH', '/v1/settings', { schedules: { office } });
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 }, undefined, 'office');
    await world.say(1, 'Hello?');
    await world.play(300);
    expect(await world.chat(1)).toMatchObject({ responsibleUserId: 'anna' });
    expect(await world.chat(1)).not.toHaveProperty('leavesAt');
    expect(await world.chat(1)).not.toHaveProperty('told');

    // Five minutes of working time are left on Tuesday.
    world.clock.advance((24 * 60 - 300) * 60_000);
    await world.play(4.5);
    expect(await world.chat(1)).toHaveProperty('leavesAt');
    expect(await world.ownerOf(1)).toBe('anna');
    await world.play(1);
    expect(await world.ownerOf(1)).toBe('boris');
  });

  test('new hours count at once for who waits already (T12, T13)', async () => {
    await must('PATCH', '/v1/settings', { schedules: { office } });
    await world.choose({ returnAfterMinutes: 15 }, undefined, 'office');
    await world.say(1, 'Hello?');
    await world.play(60);
    const longer = { ...office, week: { ...office.week, mon: [['09:00', '18:00']] } };
    await must('PATCH', '/v1/settings', { schedules: { office: longer } });
    await world.play(6.2);
    expect(await world.ownerOf(1)).toBe('boris');
  });
});
