import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/team-routes';
import { type Asked, createWorld, START, type World } from '#test/world';

const HOUR = 3_600_000;
/** The world begins on a Monday at 9:00 UTC. */
const DAY = { zone: 'UTC', week: { mon: [['08:00', '18:00']], tue: [['08:00', '18:00']] } };
const LATER = { zone: 'UTC', week: { mon: [['12:00', '18:00']] } };

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await ask(
    'POST',
    '/v3/users',
    ['anna', 'boris', 'head', 'norole'].map((id) => ({ id, name: `Name of ${id}` })),
  );
  await ask('POST', '/v3/pipelines', [{ id: '1', name: 'Sales' }]);
  await ask('PATCH', '/v1/settings', { schedules: { day: DAY, later: LATER } });
  await settle();
});

afterEach(() => world.stop());

async function ask(method: string, path: string, body?: unknown, user?: string) {
  const headers = user === undefined ? {} : { 'konvert-user': user };
  const answer = await world.call(method, path, { key: world.account.apiKey, body, headers });
  await world.drain();
  return answer;
}

async function settle(more: object = {}, { channelId } = world.channel) {
  const sellers = ['anna', 'boris'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
  const userRoles = [...sellers, { userId: 'head', role: 'manager' }];
  const body = { newClients: { mode: 'round-robin', pipelineId: '1' }, userRoles, ...more };
  const { status, text } = await ask('PUT', `/v1/settings/channels/${channelId}`, body);
  if (status !== 200) throw new Error(text);
}

const say = (userId: string, body: object, user?: string) => ask('PUT', `/v1/users/${userId}/status`, body, user);
const give = (userId: string, schedule: string | null, user?: string) =>
  ask('PUT', `/v1/users/${userId}/schedule`, { schedule }, user);

async function members(user?: string) {
  const { body } = await ask('GET', '/v1/users', undefined, user);
  expect(contract.team.parse(body)).toEqual(body);
  return (body as { users: { userId: string; status: string; returnable?: number }[] }).users;
}

/** Who got the client, after the client has written. */
async function givenTo(client: number) {
  await world.say(client, 'Hello');
  return (await world.chat(client)).responsibleUserId;
}

function isOfRotation({ Update }: { readonly Update?: Asked['input'] }): boolean {
  return Update?.TableName === 'dispensers';
}

/** Lets time pass, with the sweep that runs every minute. */
async function pass(ms: number) {
  await world.pass(ms);
  await world.app.listeners['sweep-lanes']();
  await world.drain();
}

const ownerOf = async (client: number) => (await world.chat(client)).responsibleUserId;

async function passedOver(client: number) {
  const { assignments } = await world.store.assignments.page(world.account.accountId, 100);
  return assignments.find(({ chatId }) => chatId === String(client))?.passedOver;
}

describe('the team', () => {
  test('is told with what holds of each user now, by name', async () => {
    await give('anna', 'later');
    await say('boris', { status: 'away', reason: 'Lunch', until: '2026-10-05T10:00:00+00:00' }, 'boris');

    const { channelId } = world.channel;
    const noon = '2026-10-05T12:00:00.000Z';
    expect(await members()).toEqual([
      {
        ...named('anna'),
        status: 'away',
        until: noon,
        by: 'schedule',
        schedule: 'later',
        duty: 'receives',
        channels: [channelId],
      },
      {
        ...named('boris'),
        status: 'away',
        until: '2026-10-05T10:00:00.000Z',
        by: 'user',
        reason: 'Lunch',
        duty: 'receives',
        channels: [channelId],
      },
      { ...named('head'), status: 'on', duty: 'answers', channels: [channelId] },
      { ...named('norole'), status: 'on', duty: 'none', channels: [] },
    ]);
    expect((await members('head')).map(({ userId }) => userId)).toEqual(['anna', 'boris', 'head']);
    expect((await members('anna')).map(({ userId }) => userId)).toEqual(['anna']);
  });

  function named(userId: string) {
    return { userId, name: `Name of ${userId}` };
  }

  test.each([
    ['anna', 'anna', 'user'],
    ['head', 'anna', 'head'],
    [undefined, 'norole', 'crm'],
  ])('as %s: of %s it is the %s who speaks', async (speaker, userId, by) => {
    const { body } = await say(userId, { status: 'away' }, speaker);

    expect(contract.member.parse(body)).toEqual(body);
    expect(body).toMatchObject({ userId, status: 'away', by });
  });

  test.each([
    ['anna', 'boris', 403, 'FORBIDDEN'],
    ['head', 'norole', 403, 'FORBIDDEN'],
    ['head', 'nobody', 403, 'FORBIDDEN'],
    [undefined, 'nobody', 404, 'USER_NOT_FOUND'],
  ])('as %s: of %s nobody may speak: %i', async (speaker, userId, status, error) => {
    const refused = { status, body: { error } };
    expect(await say(userId, { status: 'away' }, speaker)).toMatchObject(refused);
    expect(await give(userId, 'day', speaker)).toMatchObject(refused);
  });

  test('a schedule is given by heads and the CRM, and not by the user', async () => {
    expect(await give('anna', 'day', 'anna')).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await give('anna', 'day', 'head')).toMatchObject({ status: 200, body: { schedule: 'day', status: 'on' } });
    expect(await give('anna', null)).toMatchObject({ status: 200, body: { status: 'on' } });
    expect(await members('anna')).not.toMatchObject([{ schedule: 'day' }]);
  });

  test.each([
    [{}, ['status']],
    [{ status: 'asleep' }, ['status']],
    [{ status: 'away', until: 'soon' }, ['until']],
    [{ status: 'away', until: '2026-10-05T09:00:00Z' }, ['until']],
    [{ status: 'away', until: '2028-01-01T09:00:00Z' }, ['until']],
    [{ status: 'away', until: '2027-02-30T09:00:00Z' }, ['until']],
    [{ status: 'away', reason: ' ' }, ['reason']],
    [{ status: 'away', reason: 'x'.repeat(61) }, ['reason']],
    [{ status: 'on', return: true }, ['return']],
  ])('%j is a 400 that names %j', async (body, fields) => {
    expect(await say('anna', body)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields } },
    });
    expect(await members()).toMatchObject([{ status: 'on' }, {}, {}, {}]);
  });

  test('a schedule that there is not is a 400, and so is none', async () => {
    for (const body of [{ schedule: 'night' }, { schedule: 'constructor' }, {}, { schedule: 5 }]) {
      const answer = await ask('PUT', '/v1/users/anna/schedule', body);
      expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST', data: { fields: ['schedule'] } } });
    }
  });

  test('is recorded in the audit', async () => {
    await say('anna', { status: 'away' }, 'head');
    world.clock.advance(1);
    await give('anna', 'day', 'head');

    const { entries } = (await ask('GET', '/v1/audit')).body as { entries: object[] };
    expect(entries.slice(0, 2)).toMatchObject([
      { actor: 'user:head', act: 'user-schedule-changed', subject: 'anna' },
      { actor: 'user:head', act: 'user-status-changed', subject: 'anna' },
    ]);
  });
});

describe('who is away (T10)', () => {
  test('gets no new clients from the answer on, and keeps their own', async () => {
    expect(await givenTo(1)).toBe('anna');
    await say('anna', { status: 'away' }, 'anna');

    expect([await givenTo(2), await givenTo(3)]).toEqual(['boris', 'boris']);
    expect(await passedOver(3)).toContainEqual({ userId: 'anna', reason: 'AWAY' });
    expect((await world.reply(1, { crmUserId: 'anna' })).status).toBe(201);
    expect(await ownerOf(1)).toBe('anna');
  });

  test('takes the last place when back (D3)', async () => {
    await say('anna', { status: 'away' });
    expect(await givenTo(1)).toBe('boris');
    await say('anna', { status: 'on' });

    expect([await givenTo(2), await givenTo(3)]).toEqual(['boris', 'anna']);
  });

  test('by schedule is passed over as out of hours', async () => {
    await give('anna', 'later');

    expect(await givenTo(1)).toBe('boris');
    expect(await passedOver(1)).toContainEqual({ userId: 'anna', reason: 'OUT_OF_HOURS' });
  });
});

describe('within a minute (T12)', () => {
  test('a shift that begins drains the pool, and one that ends leaves it', async () => {
    await give('anna', 'later');
    await give('boris', 'later');
    expect([await givenTo(1), await givenTo(2)]).toEqual([null, null]);

    await pass(3 * HOUR - 60_000);
    expect(await ownerOf(1)).toBeNull();
    await pass(60_000);
    // Anna left first, so Boris is the one whose turn it was.
    expect([await ownerOf(1), await ownerOf(2)]).toEqual(['boris', 'anna']);

    await pass(6 * HOUR);
    expect(await givenTo(3)).toBeNull();
    expect(rotation()).toEqual([]);
  });

  test('a word that ends is followed', async () => {
    await say('boris', { status: 'away' });
    await say('anna', { status: 'away', until: new Date(START + HOUR).toISOString() });
    expect(await givenTo(1)).toBeNull();

    await pass(HOUR);

    expect(await ownerOf(1)).toBe('anna');
  });

  test('who comes on gets who waits, at once', async () => {
    await say('anna', { status: 'away' });
    await say('boris', { status: 'away' });
    expect(await givenTo(1)).toBeNull();

    await say('boris', { status: 'on' }, 'boris');

    expect(await ownerOf(1)).toBe('boris');
  });

  test('a schedule that changes moves the border', async () => {
    await give('anna', 'later');
    await give('boris', 'later');
    expect(await givenTo(1)).toBeNull();

    await ask('PATCH', '/v1/settings', { schedules: { later: { ...LATER, week: { mon: [['10:00', '18:00']] } } } });
    expect(await ownerOf(1)).toBeNull();
    await pass(HOUR);

    expect(await ownerOf(1)).toBe('boris');
  });

  test('also if the request dies before rotations follow', async () => {
    world.failing = ({ input }) => input.TransactItems?.some(isOfRotation) ?? false;
    await say('anna', { status: 'away' });
    world.failing = undefined;
    expect(rotation()).toEqual(['anna', 'boris']);

    await pass(60_000);

    expect(rotation()).toEqual(['boris']);
  });

  test('in many channels some at a time, so that the request ends in its time', async () => {
    for (let channel = 2; channel <= 12; channel += 1) await settle({}, await world.addChannel());
    let [atOnce, most] = [0, 0];
    world.failing = async ({ input }) => {
      if (!input.TransactItems?.some(isOfRotation)) return false;
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((done) => setTimeout(done, 5));
      atOnce -= 1;
      return false;
    };

    expect((await say('anna', { status: 'away' })).status).toBe(200);

    expect(most).toBe(8);
    const rosters = world.db.items('dispensers').map(({ r }) => (r as { o: string[] }[])[0]?.o);
    expect(rosters).toEqual(Array(12).fill(['boris']));
  });

  function rotation(): string[] {
    const { r } = world.db.items('dispensers')[0] as unknown as { r: { o: string[] }[] };
    return r[0]!.o;
  }
});

describe('a channel with hours (T9)', () => {
  const hold = { outsideHours: 'hold' };

  test('holds new clients until it opens', async () => {
    await settle({ schedule: 'later', waiting: hold });
    expect(await givenTo(1)).toBeNull();

    await pass(3 * HOUR);

    expect(await ownerOf(1)).toBe('anna');
    expect(await passedOver(1)).not.toContainEqual({ userId: 'boris', reason: 'OUT_OF_HOURS' });
  });

  test('gives them outside hours unless it holds', async () => {
    await settle({ schedule: 'later' });

    expect(await givenTo(1)).toBe('anna');
  });

  test('keeps its schedule unless that is named, and loses it by null', async () => {
    const scheduleNow = async () => {
      const { channels } = (await ask('GET', '/v1/settings')).body as {
        channels: Record<string, { schedule?: string }>;
      };
      return channels[world.channel.channelId]?.schedule;
    };
    await settle({ schedule: 'day' });
    await settle();
    expect(await scheduleNow()).toBe('day');

    await settle({ schedule: null });

    expect(await scheduleNow()).toBeUndefined();
  });

  test('names a schedule that there is', async () => {
    const body = { newClients: { mode: 'first-reply' }, userRoles: [], schedule: 'night' };
    const answer = await ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, body);

    expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_SETTINGS', data: { fields: ['schedule'] } } });
  });
});

describe('who goes away may give back who waits (T10)', () => {
  const SECONDS_31 = 31_000;
  const leave = () => say('anna', { status: 'away', return: true }, 'anna');
  /** What Anna is told, as the user who asks or of an answer. */
  const returnable = async () => (await members('anna'))[0]?.returnable;

  beforeEach(() => settle({ waiting: { returnAfterMinutes: 15 } }));

  test('and is told how many would go: neither who was answered, nor who was handed over, nor who is known', async () => {
    for (const client of [1, 2, 3, 4, 5, 6]) await world.say(client, 'Hello');
    expect((await Promise.all([1, 3, 5].map(ownerOf))).concat(await ownerOf(2))).toEqual([
      ...['anna', 'anna', 'anna'],
      'boris',
    ]);
    await world.reply(3, { crmUserId: 'anna' });
    await world.drain();
    await world.say(3, 'And?');
    await world.pass(1000);
    await ask('PUT', `/v1/chats/${world.channel.channelId}/telegram/2/responsible`, { userId: 'anna' });
    expect(await ownerOf(2)).toBe('anna');
    expect(await returnable()).toBeUndefined();

    expect((await say('anna', { status: 'away' }, 'anna')).body).toMatchObject({ returnable: 2 });
    expect(await returnable()).toBe(2);
    expect((await members('head')).find(({ userId }) => userId === 'anna')).not.toHaveProperty('returnable');
    expect((await leave()).body).not.toHaveProperty('returnable');
    expect(await returnable()).toBe(0);
  });

  test('and is told that nobody would go while nobody else is on, or clients are not returned', async () => {
    await world.say(1, 'Hello');
    await say('boris', { status: 'away' });
    expect((await say('anna', { status: 'away' }, 'anna')).body).toMatchObject({ returnable: 0 });
    await say('boris', { status: 'on' });
    expect(await returnable()).toBe(1);

    await settle({ waiting: null });

    expect(await returnable()).toBe(0);
  });

  test('to the next user at once, and keeps who was answered', async () => {
    for (const client of [1, 2, 3]) await world.say(client, 'Hello');
    await world.reply(3, { crmUserId: 'anna' });
    await world.drain();
    await world.say(3, 'And?');
    expect([await ownerOf(1), await ownerOf(3)]).toEqual(['anna', 'anna']);

    await leave();
    await world.pass(SECONDS_31);

    expect([await ownerOf(1), await ownerOf(2), await ownerOf(3)]).toEqual(['boris', 'boris', 'anna']);
    const { assignments } = await world.store.assignments.page(world.account.accountId, 100);
    expect(assignments).toContainEqual(
      expect.objectContaining({ chatId: '1', rule: 'returned', from: 'anna', userId: 'boris' }),
    );
  });

  test('unless a reply comes first (I8)', async () => {
    await world.say(1, 'Hello');
    await leave();
    await world.reply(1, { crmUserId: 'anna' });
    await world.drain();

    await world.pass(SECONDS_31);

    expect(await ownerOf(1)).toBe('anna');
  });

  test('unless nobody else is on', async () => {
    await world.say(1, 'Hello');
    await say('boris', { status: 'away' });
    await leave();
    await world.pass(SECONDS_31);

    expect(await ownerOf(1)).toBe('anna');
  });

  test('without it they stay', async () => {
    await world.say(1, 'Hello');
    await say('anna', { status: 'away' }, 'anna');
    await world.pass(SECONDS_31);

    expect(await ownerOf(1)).toBe('anna');
  });
});
