import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import type { statistics, statisticsRow } from '#api/statistics-routes';
import { FIRST_KEY } from '#domain/fact';
import { chatKey } from '#domain/message';
import { createReadStatistics } from '#flows/statistics/read-statistics';
import { createRecountWaits } from '#flows/statistics/recount-waits';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

type Row = z.infer<typeof statisticsRow>;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  const users = ['olga', 'ivan', 'maria', 'control'].map((id, index) => ({
    id,
    name: id,
    phone: `7999000000${index}`,
  }));
  await desk.push('users', ...users);
  await desk.give({ olga: 'manager', ivan: 'seller', maria: 'seller', control: 'auditor' });
});

afterEach(() => world.stop());

const MINUTE = 60_000;

async function read(query = '', user?: string): Promise<z.infer<typeof statistics>> {
  const { status, body } = await desk.ask('GET', `/v1/statistics?${query}`, undefined, user);
  expect(status).toBe(200);
  return body as z.infer<typeof statistics>;
}

async function rowsBy(query: string, user?: string): Promise<Record<string, Row>> {
  const { rows } = await read(query, user);
  return Object.fromEntries(rows.map((row) => [row.key, row]));
}

/** A client writes, and so long after somebody answers. */
async function answered(chatId: number, afterMs: number, crmUserId?: string): Promise<void> {
  await world.say(chatId, 'hello', { at: world.clock.now() });
  world.clock.advance(afterMs);
  const { status } = await world.reply(chatId, { ...(crmUserId && { crmUserId }) });
  expect(status).toBeLessThan(300);
  await world.drain();
}

const waits = () => world.db.items('waits').filter(({ ch }) => !String(ch).startsWith('days#'));

describe('what was counted', () => {
  test('S1 S2 S3 waits by who ended them, with their times, and what waits', async () => {
    await answered(1, 2 * MINUTE, 'ivan');
    await answered(2, 4 * MINUTE, 'ivan');
    await answered(1, 10 * MINUTE, 'ivan');
    await answered(3, MINUTE);
    await world.say(4, 'hello', { at: world.clock.now() });
    const { seenUpTo } = await world.chat(4);
    await world.noReplyNeeded(4, { noReplyNeeded: true, seenUpTo });
    await world.drain();
    await world.say(5, 'hello', { at: world.clock.now() });

    const { ivan, crm, nobody } = await rowsBy('groupBy=user');
    const [all] = (await read()).rows;

    expect(ivan).toMatchObject({ kind: 'user', waits: 3, answered: 3, replyTime: { p50: 240, p90: 600 } });
    expect(ivan).toMatchObject({ firstReply: { p50: 120, p90: 240 }, inHours: { p50: 240, p90: 600 }, newClients: 2 });
    expect(crm).toMatchObject({ kind: 'crm', waits: 2, answered: 1, noReplyNeeded: 1 });
    expect(nobody).toMatchObject({ kind: 'nobody', waits: 1, open: 1, replyTime: { p50: null, p90: null } });
    expect(all).toMatchObject({ key: 'all', waits: 6, answered: 4, noReplyNeeded: 1, open: 1 });
    expect((await read()).now).toEqual({ waiting: 1, since: new Date(world.clock.now()).toISOString() });
  });

  test('S2 a wait belongs to the hour and the day of the zone in which it began', async () => {
    world.clock.advance(11.5 * 60 * MINUTE);
    await answered(1, 40 * MINUTE);

    expect(Object.keys(await rowsBy('groupBy=day&zone=Europe/Moscow'))).toEqual(['2026-10-05']);
    expect(Object.keys(await rowsBy('groupBy=hour&zone=Europe/Moscow'))).toEqual(['23']);
    expect(Object.keys(await rowsBy('groupBy=day&zone=Asia/Kathmandu'))).toEqual(['2026-10-06']);
    expect(Object.keys(await rowsBy('groupBy=weekday-hour&zone=Asia/Kathmandu'))).toEqual(['2-02']);
    expect(Object.keys(await rowsBy('groupBy=weekday&zone=Asia/Kathmandu'))).toEqual(['2']);
    expect(await rowsBy('groupBy=channel')).toMatchObject({ [world.channel.channelId]: { kind: 'channel', waits: 1 } });
    expect(await rowsBy('groupBy=day&zone=Asia/Kathmandu&to=2026-10-05')).toEqual({});
  });

  test('S4 a head and quality control are told all of their channels, a seller what they did, others nothing', async () => {
    await answered(1, MINUTE, 'ivan');
    await answered(2, MINUTE, 'maria');
    await world.say(3, 'hello', { at: world.clock.now() });

    const told = async (user?: string) => Object.keys(await rowsBy('groupBy=user', user));

    expect(await told()).toEqual(['ivan', 'maria', 'nobody']);
    expect(await told('olga')).toEqual(['ivan', 'maria', 'nobody']);
    expect(await told('control')).toEqual(['ivan', 'maria', 'nobody']);
    expect(await told('ivan')).toEqual(['ivan']);
    expect((await read('', 'ivan')).now).toBeUndefined();
    await desk.give({ olga: 'manager', ivan: 'seller' });
    expect(await told('maria')).toEqual([]);
    const hidden = `/v1/statistics?channelId=${world.channel.channelId}`;
    expect((await desk.ask('GET', hidden, undefined, 'maria')).status).toBe(404);
  });

  test('S4 another account is told nothing', async () => {
    await answered(1, MINUTE, 'ivan');
    const other = deskOf(world, await world.addAccount());

    expect((await other.ask('GET', '/v1/statistics')).body).toMatchObject({ rows: [{ waits: 0 }] });
    expect((await other.ask('GET', `/v1/statistics?channelId=${world.channel.channelId}`)).status).toBe(404);
  });

  test('S5 the same rows come as CSV', async () => {
    await desk.push('users', { id: '=cmd', name: 'Boris', phone: '79990000009' });
    await desk.give({ olga: 'manager', '=cmd': 'seller' });
    await answered(1, 90_000, '=cmd');

    const { headers, text } = await desk.ask('GET', '/v1/statistics?groupBy=user&format=csv');

    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n').slice(1)).toEqual(["user,'=cmd,1,1,0,0,0,90,90,90,90,90,90,,,0,0,1", '']);
  });

  test.each([
    ['from=2026-02-30', ['from']],
    ['from=2026-10-06&to=2026-10-05', ['from', 'to']],
    ['from=2025-08-01&to=2026-10-05', ['from', 'to']],
    ['zone=Mars/Olympus', ['zone']],
    ['zone=%2B03:00', ['zone']],
    ['to=0000-01-01', ['from', 'to']],
    ['groupBy=mood', ['groupBy']],
    ['format=xlsx', ['format']],
  ])('%s is refused', async (query, fields) => {
    const { status, body } = await desk.ask('GET', `/v1/statistics?${query}`);

    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'INVALID_REQUEST', data: { fields } });
  });
});

describe('rows of waits', () => {
  test('S6 a wait that has ended is one write, and what ends none reads and writes nothing for it', async () => {
    const asked: string[] = [];
    await answered(1, MINUTE, 'ivan');
    await world.say(1, 'again', { at: world.clock.now() });
    world.failing = ({ kind, input }) => {
      const table = String(input.TableName ?? Object.keys(input.RequestItems ?? {})[0] ?? '');
      if (table === 'waits') asked.push(kind);
      return false;
    };

    await world.say(1, 'and again', { at: world.clock.now() });
    expect(asked).toEqual([]);
    await world.reply(1, { crmUserId: 'ivan' });
    await world.drain();
    expect(asked).toEqual(['PutCommand']);
    expect(waits()).toHaveLength(2);
  });

  test('S2 own time begins when the user got the client', async () => {
    await world.say(1, 'hello', { at: world.clock.now() });
    world.clock.advance(20 * MINUTE);
    await desk.ask('PUT', `${world.pathOf(1)}/responsible`, { userId: 'ivan' });
    await world.drain();
    world.clock.advance(5 * MINUTE);
    await world.reply(1, { crmUserId: 'ivan' });
    await world.drain();

    const { ivan } = await rowsBy('groupBy=user');

    expect(ivan).toMatchObject({ replyTime: { p50: 1500 }, ownTime: { p50: 300 } });
  });

  test('S6 the withdrawn word that no reply is needed takes its row away', async () => {
    await world.say(1, 'hello', { at: world.clock.now() });
    const { seenUpTo } = await world.chat(1);
    await world.noReplyNeeded(1, { noReplyNeeded: true, seenUpTo });
    await world.drain();
    expect(waits()).toHaveLength(1);

    await world.noReplyNeeded(1, { noReplyNeeded: false });
    await world.drain();

    expect(waits()).toEqual([]);
    expect((await read()).rows).toMatchObject([{ waits: 1, open: 1, noReplyNeeded: 0 }]);
  });

  test('S6 E1 the waits of a person who is erased go, and the days that were counted with them', async () => {
    await answered(1, MINUTE, 'ivan');
    await answered(2, MINUTE, 'ivan');
    world.clock.advance(24 * 60 * MINUTE);

    expect((await desk.ask('DELETE', '/v1/people/telegram/1')).status).toBe(202);
    for (let round = 0; round < 4; round += 1) await world.pass(60_000);

    expect(waits()).toHaveLength(1);
    expect((await rowsBy('groupBy=user')).ivan).toMatchObject({ waits: 1 });
    expect(world.db.items('waits').filter(({ ch }) => String(ch).startsWith('days#'))).toHaveLength(1);
  });

  test('S6 a refused reply takes its wait away, and the next answer ends it', async () => {
    const blocked = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };
    world.bot.answerNext('sendMessage', { status: 403, body: blocked });
    await answered(1, MINUTE, 'ivan');
    await world.pass(60_000);
    expect(waits()).toEqual([]);

    world.clock.advance(MINUTE);
    await world.reply(1, { crmUserId: 'ivan' });
    await world.drain();
    expect(waits()).toHaveLength(1);
    expect((await rowsBy('groupBy=user')).ivan?.replyTime.p50).toBeGreaterThan(120);
  });

  test('S3 working time counts in the hours of the channel, the rest in plain time', async () => {
    const office = { zone: 'UTC', week: { mon: [['09:00', '09:30']], tue: [['09:00', '18:00']] }, exceptions: {} };
    const options = await desk.ask('PATCH', '/v1/settings', { schedules: { office }, zone: 'Asia/Kathmandu' });
    expect(options.status).toBe(200);
    const userRoles = [{ userId: 'ivan', role: 'seller' }];
    const settings = { newClients: { mode: 'first-reply' }, userRoles, schedule: 'office' };
    await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, settings);
    await world.say(1, 'hello', { at: world.clock.now() });
    world.clock.advance(24 * 60 * MINUTE + 5 * MINUTE);
    await world.reply(1, { crmUserId: 'ivan' });
    await world.drain();

    const { rows, zone } = await read();

    expect(zone).toBe('Asia/Kathmandu');
    expect(rows).toMatchObject([{ replyTime: { p50: 86_700 }, inHours: { p50: 2_100 } }]);
  });

  test('I13 what a crash loses is there after the night', async () => {
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'waits';
    await answered(1, MINUTE, 'ivan');
    world.failing = undefined;
    expect(waits()).toEqual([]);

    world.clock.advance(60 * MINUTE);
    await world.app.listeners['watch-chats']();

    expect(waits()).toHaveLength(1);
    expect((await rowsBy('groupBy=user')).ivan).toMatchObject({ answered: 1, replyTime: { p50: 60 } });
  });
});

test('a setting is tried on the waits of the last days', async () => {
  await answered(1, 5 * MINUTE, 'ivan');
  await answered(2, 20 * MINUTE, 'ivan');
  await answered(3, 70 * MINUTE, 'ivan');
  await answered(3, 70 * MINUTE, 'ivan');
  const path = `/v1/settings/channels/${world.channel.channelId}/would-return`;

  const { body } = await desk.ask('GET', `${path}?returnAfterMinutes=15&tellHeadsAfterMinutes=30&returnsAtMost=3`);

  const counted = { days: 7, waits: 4, wouldWarn: 2, wouldReturn: 2, wouldPool: 1, wouldTell: 2 };
  expect(body).toEqual({ ...counted, answered: 4, byPhone: 0 });
  for (const n of [1, 2, 3]) {
    const at = world.clock.now() - n;
    const Item = { ch: world.channel.channelId, s: `${at}#${n}`, how: 'answered', by: 'phone', end: at, v: 1 };
    world.db.apply(new PutCommand({ TableName: 'waits', Item }));
  }
  expect((await desk.ask('GET', path)).body).toMatchObject({
    answered: 7,
    byPhone: 3,
    warnings: ['ANSWERED_BY_PHONE'],
  });
  expect((await desk.ask('GET', `${path}?returnAfterMinutes=1`)).body).toMatchObject({
    data: { fields: ['returnAfterMinutes'] },
  });
});

test('of more than 50,000 waits a day that is over is counted once and remembered', async () => {
  const began = world.clock.now() - 3 * 24 * 60 * MINUTE;
  const one = { ch: world.channel.channelId, how: 'answered', by: 'user', user: 'ivan', v: 1 };
  for (let n = 0; n <= 50_000; n += 1) {
    const s = `${began + n}#${n}`;
    world.db.apply(new PutCommand({ TableName: 'waits', Item: { ...one, s, end: began + n + MINUTE } }));
  }

  const first = await read('groupBy=user');
  const again = await read('groupBy=user');

  expect(first).toMatchObject({ exact: false, rows: [{ key: 'ivan', answered: 50_001 }] });
  expect(again).toEqual(first);
  const days = world.db.items('waits').filter(({ ch }) => String(ch).startsWith('days#'));
  expect(days.length).toBeGreaterThan(0);
});

test('S6 what was counted of a day stays when its waits have gone, whatever hours the channel has by then', async () => {
  const DAY = 24 * 60 * MINUTE;
  const began = world.clock.now() - 3 * DAY;
  const day = new Date(began).toISOString().slice(0, 10);
  const one = { ch: world.channel.channelId, how: 'answered', by: 'user', user: 'ivan', v: 1 };
  for (const n of [0, 1, 2]) {
    const s = `${began + n}#${n}`;
    world.db.apply(new PutCommand({ TableName: 'waits', Item: { ...one, s, end: began + n + MINUTE } }));
  }
  const query = { account: world.account.accountId, zone: 'UTC', groupBy: 'user', userId: undefined } as const;
  const scopes = [{ channelId: world.channel.channelId }];
  const ask = (schedule: string, from = day, to = day) =>
    createReadStatistics(
      world.deps,
      2,
    )({ ...query, from, to, scopes, working: { seconds: () => 0, nameOf: () => schedule } });
  expect(await ask('office')).toMatchObject({ exact: false, rows: [{ key: 'ivan', tally: { answered: 3 } }] });

  for (const { ch, s } of waits()) world.db.apply(new DeleteCommand({ TableName: 'waits', Key: { ch, s } }));
  world.clock.advance(500 * DAY);
  expect(await ask('night')).toMatchObject({ exact: false, rows: [{ key: 'ivan', tally: { answered: 3 } }] });
  expect(await read(`groupBy=user&from=${day}&to=${day}`)).toMatchObject({ exact: false, rows: [{ answered: 3 }] });
  // A day of another zone has a part of it.
  const [before, after] = [-1, 1].map((days) => new Date(began + days * DAY).toISOString().slice(0, 10));
  expect(await ask('night', before, before)).toMatchObject({ rows: [] });
  expect(await ask('night', after, after)).toMatchObject({ rows: [] });
});

test('a wait of so long ago that nobody can ask for it is neither stored nor missed', async () => {
  await world.say(1, 'hello', { at: world.clock.now() - 500 * 24 * 60 * MINUTE });
  await world.reply(1);
  await world.drain();
  const key = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' });

  expect(waits()).toEqual([]);
  expect(await createRecountWaits(world.deps)(key, FIRST_KEY)).toEqual({ put: 0, removed: 0 });
});
