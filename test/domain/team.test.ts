import { describe, expect, test } from 'vitest';
import type { Schedule } from '#domain/schedule';
import { isOn, NO_TEAM, nextShift, statusOf, type Team, type Word, withSchedule, withWord } from '#domain/team';

const HOUR = 3_600_000;
const day: Schedule = [
  { from: 0, zone: 'UTC', week: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']] }, exceptions: {} },
];
const MONDAY = Date.parse('2026-11-30T00:00Z');
const at = (hours: number) => MONDAY + hours * HOUR;
const team: Team = { schedules: { day }, users: { a: { schedule: 'day' } } };
const away: Word = { status: 'away', by: 'user' };
const on: Word = { status: 'on', by: 'user' };

describe('the status in force (T10)', () => {
  test('of a user of whom nothing is known is on', () => {
    expect(statusOf(NO_TEAM, 'a', at(3))).toEqual({ status: 'on' });
    expect(statusOf(NO_TEAM, 'constructor', at(3))).toEqual({ status: 'on' });
  });

  test('follows the schedule', () => {
    expect(statusOf(team, 'a', at(8))).toEqual({ status: 'away', by: 'schedule', until: at(9) });
    expect(statusOf(team, 'a', at(9))).toEqual({ status: 'on', by: 'schedule', until: at(18) });
    expect(statusOf(team, 'b', at(8))).toEqual({ status: 'on' });
  });

  test('of a schedule that is gone is on', () => {
    expect(statusOf({ ...team, schedules: {} }, 'a', at(3))).toEqual({ status: 'on' });
  });

  const rows: [string, Team, Word, number, number, ReturnType<typeof statusOf>][] = [
    ['a word beats the schedule', team, away, 10, 17, { status: 'away', by: 'user', until: at(33) }],
    ['"away" lasts to the next begin of a shift', team, away, 10, 33, { status: 'on', by: 'schedule', until: at(42) }],
    ['also if it is said outside a shift', team, away, 20, 32, { status: 'away', by: 'user', until: at(33) }],
    ['"on" outside a shift holds at once', team, on, 7, 8, { status: 'on', by: 'user', until: at(18) }],
    ['and lasts to the next end of one', team, on, 7, 18, { status: 'away', by: 'schedule', until: at(33) }],
    ['"on" within a shift is no word', team, on, 10, 11, { status: 'on', by: 'schedule', until: at(18) }],
    [
      '"on" may last beyond a shift',
      team,
      { ...on, until: at(20) },
      10,
      19,
      { status: 'on', by: 'user', until: at(20) },
    ],
    [
      '"away" ends when it says so',
      team,
      { ...away, until: at(11) },
      10,
      11,
      { status: 'on', by: 'schedule', until: at(18) },
    ],
    [
      'without a schedule "away" lasts',
      NO_TEAM,
      { ...away, by: 'konvert' },
      10,
      9999,
      { status: 'away', by: 'konvert' },
    ],
    ['without a schedule "on" is no word', NO_TEAM, on, 10, 11, { status: 'on' }],
    [
      'a reason is kept',
      NO_TEAM,
      { ...away, reason: 'Lunch' },
      10,
      11,
      { status: 'away', by: 'user', reason: 'Lunch' },
    ],
  ];

  test.each(rows)('%s', (_, before, word, said, seen, expected) => {
    const after = withWord(before, 'a', word, at(said));

    expect(statusOf(after, 'a', at(seen))).toEqual(expected);
    expect(isOn(after, 'a', at(seen))).toBe(expected.status === 'on');
  });

  test('another word takes the place of the first, and keeps the schedule', () => {
    const after = withWord(withWord(team, 'a', away, at(10)), 'a', on, at(11));

    expect(after).toEqual(team);
  });

  test('what nobody needs any more goes with the next word', () => {
    const before = withWord(NO_TEAM, 'b', { ...away, until: at(11) }, at(10));

    expect(Object.keys(withWord(before, 'c', away, at(12)).users)).toEqual(['c']);
  });
});

describe('a schedule for a user', () => {
  test('ends a word that had no end with its next shift', () => {
    const given = withSchedule(withWord({ ...team, users: {} }, 'a', away, at(10)), 'a', 'day', at(11));

    expect(statusOf(given, 'a', at(32))).toMatchObject({ status: 'away', by: 'user' });
    expect(isOn(given, 'a', at(33))).toBe(true);
  });

  test('may be taken away', () => {
    expect(withSchedule(team, 'a', null, at(3)).users).toEqual({});
  });
});

describe('the next shift (T12)', () => {
  test('is the next border of a schedule in use', () => {
    expect(nextShift(team, [], at(3))).toBe(at(9));
    expect(nextShift(team, [], at(9))).toBe(at(18));
  });

  test('is the end of a word, if that comes first', () => {
    expect(nextShift(withWord(team, 'b', { ...away, until: at(5) }, at(2)), [], at(3))).toBe(at(5));
  });

  test('of schedules that nobody uses is none', () => {
    const unused = { ...team, users: {} };

    expect(nextShift(unused, [], at(3))).toBeUndefined();
    expect(nextShift(unused, ['day'], at(3))).toBe(at(9));
    expect(nextShift(unused, ['gone'], at(3))).toBeUndefined();
  });
});
