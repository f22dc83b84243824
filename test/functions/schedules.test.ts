import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_DATES, MOST_SCHEDULES, MOST_VERSIONS } from '#domain/schedule';
import { createTeams } from '#store/accounts/teams';
import { createWorld, type World } from '#test/world';

const DAY = {
  zone: 'Europe/Moscow',
  week: {
    mon: [
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ],
    fri: [['21:00', '02:00']],
  },
};
const STORED = { ...DAY, exceptions: {} };

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function ask(method: string, path: string, body?: unknown) {
  const answer = await world.call(method, path, { key: world.account.apiKey, body });
  await world.drain();
  return answer;
}

const patch = (schedules: unknown, more = {}) => ask('PATCH', '/v1/settings', { schedules, ...more });
const versionsOf = async (name: string) => {
  const { team } = await createTeams(world.deps).read(world.account.accountId);
  return team.schedules[name] ?? [];
};

async function schedulesNow() {
  return ((await ask('GET', '/v1/settings')).body as { schedules: object }).schedules;
}

describe('schedules (T9)', () => {
  test.each([
    [{ renameSchedules: { ['__proto__']: 'day' } }, 'renameSchedules.__proto__'],
    [{ schedules: { day: { ...DAY, exceptions: { ['__proto__']: [] } } } }, 'schedules.day.exceptions.__proto__'],
  ])('%j: no name is left out without a word', async (body, field) => {
    const answer = await ask('PATCH', '/v1/settings', body);
    expect(answer).toMatchObject({ status: 400, body: { data: { fields: [field] } } });
  });

  test('are stored by name, beside those that are not named', async () => {
    expect(await patch({ day: DAY })).toMatchObject({ status: 200, body: { schedules: { day: STORED }, version: 1 } });
    const night = {
      zone: 'UTC',
      week: { sat: [['00:00', '24:00']] },
      exceptions: { '2026-12-31': [], '2028-02-29': [] },
    };
    await patch({ 'Ночь 24/7': night });

    expect(await schedulesNow()).toEqual({ day: STORED, 'Ночь 24/7': night });
    await patch({ day: null, none: null });
    expect(await schedulesNow()).toEqual({ 'Ночь 24/7': night });
  });

  test('the zone of the account is an option', async () => {
    expect((await ask('PATCH', '/v1/settings', { zone: 'Asia/Kathmandu' })).body).toMatchObject({
      zone: 'Asia/Kathmandu',
    });
  });

  test.each([
    ['an unknown zone', { ...DAY, zone: 'Europe/Moskau' }, ['zone']],
    ['a short name, which the calendar does not know', { ...DAY, zone: 'IST' }, ['zone']],
    ['an offset, which is no zone', { ...DAY, zone: '+03:00' }, ['zone']],
    ['a day that is none', { ...DAY, week: { ...DAY.week, monday: [['09:00', '18:00']] } }, ['week']],
    ['no time', { ...DAY, week: { mon: [['9:00', '18:00']] } }, ['week.mon.0.0']],
    ['a time after the day', { ...DAY, week: { mon: [['09:00', '24:01']] } }, ['week.mon.0.1']],
    ['a beginning at the end of the day', { ...DAY, week: { mon: [['24:00', '02:00']] } }, ['week.mon']],
    ['nothing between two times', { ...DAY, week: { mon: [['09:00', '09:00']] } }, ['week.mon']],
    [
      'overlap',
      {
        ...DAY,
        week: {
          mon: [
            ['14:00', '18:00'],
            ['09:00', '14:01'],
          ],
        },
      },
      ['week.mon'],
    ],
    [
      'a night that reaches into the next day',
      { ...DAY, week: { sun: [['22:00', '06:00']], mon: [['05:00', '09:00']] } },
      ['week.mon'],
    ],
    [
      'a week that is never open',
      { ...DAY, week: { mon: [] }, exceptions: { '2026-12-31': [['09:00', '10:00']] } },
      ['week'],
    ],
    [
      'seven intervals a day',
      { ...DAY, week: { mon: Array.from({ length: 7 }, (_, hour) => [`0${hour}:00`, `0${hour}:30`]) } },
      ['week.mon'],
    ],
    ['no date', { ...DAY, exceptions: { '31.12.2026': [] } }, ['exceptions.31.12.2026']],
    ['a day that is not', { ...DAY, exceptions: { '2026-02-29': [] } }, ['exceptions.2026-02-29']],
    [
      'overlap on a date',
      {
        ...DAY,
        exceptions: {
          '2026-12-31': [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      ['exceptions.2026-12-31'],
    ],
    ['too many dates', { ...DAY, exceptions: dates(MOST_DATES + 1) }, ['exceptions']],
    ['no week', { zone: 'UTC' }, ['week']],
  ])('%s is a 400 that names the field, and nothing is stored', async (_, hours, fields) => {
    const answer = await patch({ good: DAY, 'a b': hours }, { saveMessagesToTimeline: true });

    const named = fields.map((field) => `schedules.a b.${field}`);
    expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_SETTINGS', data: { fields: named } } });
    expect((await ask('GET', '/v1/settings')).body).toMatchObject({ schedules: {}, saveMessagesToTimeline: false });
  });

  test.each(['', ' day', 'day ', 'x'.repeat(61), 'a\nb', 'a\0', '\0a', '\u200b', '\ud800', 'a\udfffb', '__proto__'])(
    'the name %j is a 400',
    async (name) => {
      expect(await patch({ [name]: DAY })).toMatchObject({ status: 400, body: { error: 'INVALID_SETTINGS' } });
    },
  );

  test('too many, or too large together, are a 400', async () => {
    const named = { fields: ['schedules'] };
    const many = Object.fromEntries(Array.from({ length: MOST_SCHEDULES + 1 }, (_, index) => [`s${index}`, DAY]));
    expect(await patch(many)).toMatchObject({ status: 400, body: { data: named } });

    const large = {
      ...DAY,
      exceptions: dates(MOST_DATES, [
        ['09:00', '10:00'],
        ['11:00', '12:00'],
        ['13:00', '14:00'],
      ]),
    };
    const several = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`s${index}`, large]));
    expect(await patch(several)).toMatchObject({ status: 400, body: { data: named } });
  });

  test('one that a channel or a user has is not deleted', async () => {
    await ask('POST', '/v3/users', [{ id: 'anna', name: 'Anna' }]);
    await patch({ channel: DAY, user: DAY, free: DAY });
    await ask('PUT', '/v1/users/anna/schedule', { schedule: 'user' });
    const chosen = { newClients: { mode: 'first-reply' }, userRoles: [], schedule: 'channel' };
    await ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, chosen);

    const answer = await patch({ channel: null, user: null, free: null });
    expect(answer).toMatchObject({ status: 400, body: { data: { fields: ['schedules.channel', 'schedules.user'] } } });
    expect((await patch({ free: null })).status).toBe(200);
    expect(Object.keys(await schedulesNow())).toEqual(['channel', 'user']);
  });

  test('one that is named while it is deleted is named, or deleted, and never both', async () => {
    await patch({ day: DAY });
    const chosen = { newClients: { mode: 'first-reply' }, userRoles: [], schedule: 'day' };

    const [named, deleted] = await Promise.all([
      ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, chosen),
      patch({ day: null }),
    ]);

    expect([named.status, deleted.status].sort()).toEqual([200, 400]);
  });

  test('with a version nobody else’s are replaced unseen', async () => {
    await patch({ day: DAY }, { version: 0 });

    expect(await patch({ night: DAY }, { version: 0 })).toMatchObject({ status: 409, body: { data: { version: 1 } } });
    // The answer was lost, and it is sent again.
    expect(await patch({ day: DAY }, { version: 0 })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(Object.keys(await schedulesNow())).toEqual(['day']);
  });
});

describe('versions of a schedule', () => {
  test('hold from their saving on, and the same hours make none', async () => {
    await patch({ day: DAY });
    world.clock.advance(1000);
    await patch({ day: DAY });
    expect(await versionsOf('day')).toHaveLength(1);

    await patch({ day: { ...DAY, zone: 'UTC' } });

    expect(await versionsOf('day')).toMatchObject([
      { zone: 'Europe/Moscow' },
      { zone: 'UTC', from: world.clock.now() },
    ]);
  });

  test(`are ${MOST_VERSIONS} at most`, async () => {
    for (let version = 0; version < MOST_VERSIONS + 2; version += 1) {
      world.clock.advance(1000);
      await patch({ day: { ...DAY, zone: version % 2 === 0 ? 'UTC' : 'Europe/Moscow' } });
    }

    expect(await versionsOf('day')).toHaveLength(MOST_VERSIONS);
  });
});

function dates(count: number, intervals: string[][] = []) {
  const first = Date.parse('2026-01-01');
  const date = (index: number) => new Date(first + index * 86_400_000).toISOString().slice(0, 10);
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [date(index), intervals]));
}
