import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextBorder } from '#domain/calendar';
import { dateOf, type Hours, type Interval, WEEKDAYS } from '#domain/schedule';
import { nextDays, openNow } from '../../web/core/open-days.ts';
import { minuteOf, movedTime, tidyTime, wallTime } from '../../web/core/typed-time.ts';
import {
  dateFault,
  dayFault,
  groupsOf,
  isAlwaysOpen,
  isWhole,
  nameFault,
  passesMidnight,
  tidyHours,
  weekFaults,
  withDay,
  withInterval,
  withMore,
  withoutInterval,
  withSame,
} from '../../web/core/week.ts';

const OFFICE: Interval = ['09:00', '18:00'];
const NIGHT: Interval = ['21:00', '02:00'];

describe('a time that was typed', () => {
  test.each([
    ['9', '09:00'],
    ['09:30', '09:30'],
    [' 9.30 ', '09:30'],
    ['0930', '09:30'],
    ['9-05', '09:05'],
    ['24', '24:00'],
    ['0', '00:00'],
    ['24:01', '24:01'],
    ['9:3', '9:3'],
    ['12:60', '12:60'],
    ['noon', 'noon'],
    ['', ''],
  ])('%j is stored as %j', (typed, stored) => {
    expect(tidyTime(typed)).toBe(stored);
  });

  test('of every minute is read as it was said', () => {
    for (let minute = 0; minute <= 1440; minute += 1) expect(minuteOf(wallTime(minute))).toBe(minute);
  });

  test.each([
    ['09:00', 15, '09:15'],
    ['09:07', 15, '09:15'],
    ['09:07', -15, '09:00'],
    ['00:00', -15, '00:00'],
    ['23:50', 15, '24:00'],
    ['noon', 15, 'noon'],
  ])('%s moves by %i minutes to %s', (typed, by, moved) => {
    expect(movedTime(typed, by)).toBe(moved);
  });
});

describe('the hours of a week', () => {
  test.each([
    ['closed', [], undefined],
    [
      'several',
      [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
      undefined,
    ],
    [
      'that touch',
      [
        ['09:00', '13:00'],
        ['13:00', '18:00'],
      ],
      undefined,
    ],
    ['past midnight', [NIGHT], undefined],
    ['around the clock', [['00:00', '24:00']], undefined],
    ['no times', [['nine', '18:00']], 'unreadable'],
    ['that begin at the end of the day', [['24:00', '02:00']], 'unreadable'],
    [
      'that overlap, in any order',
      [
        ['12:00', '18:00'],
        ['09:00', '13:00'],
      ],
      'overlap',
    ],
    ['that overlap past midnight', [NIGHT, ['20:00', '22:00']], 'overlap'],
    ['too many', Array.from({ length: 7 }, (_, hour) => [wallTime(hour * 120), wallTime(hour * 120 + 60)]), 'too-many'],
  ] as [string, Interval[], string | undefined][])('%s: %j is %s', (_, intervals, fault) => {
    expect(dayFault(intervals)).toBe(fault);
  });

  test('may not reach into those of the next day, also from Sunday into Monday', () => {
    expect(weekFaults({ fri: [NIGHT], sat: [['01:00', '05:00']] }).days).toEqual({ sat: 'overlap' });
    expect(weekFaults({ sun: [NIGHT], mon: [['01:59', '05:00']] }).days).toEqual({ mon: 'overlap' });
    expect(weekFaults({ sun: [NIGHT], mon: [['02:00', '05:00']] })).toEqual({ days: {}, isNeverOpen: false });
    expect(isWhole(weekFaults({}))).toBe(false);
  });

  test('are changed one by one, and copied to other days', () => {
    const week = withDay({}, 'mon', withMore(withMore([])));
    expect(week).toEqual({ mon: [OFFICE, ['19:00', '23:00']] });
    const shorter = withDay(week, 'mon', withoutInterval(withInterval(week.mon!, 0, ['10:00', '17:00']), 1));
    expect(withSame(shorter, 'mon', ['tue', 'sun'])).toEqual({
      mon: [['10:00', '17:00']],
      tue: [['10:00', '17:00']],
      sun: [['10:00', '17:00']],
    });
    expect(withSame(week, 'tue', ['mon'])).toEqual({});
    expect(withMore([NIGHT]).at(-1)).toEqual(['', '']);
    expect(withMore([['09:00', '20:30']]).at(-1)).toEqual(['21:30', '24:00']);
  });

  test('are stored with two digits and in order', () => {
    const hours: Hours = {
      zone: 'Europe/Moscow',
      week: {
        sat: [],
        fri: [
          ['14', '18'],
          ['9', '13'],
        ],
      },
      exceptions: { '2027-01-01': [], '2026-12-31': [['10', '15']] },
    };
    expect(JSON.stringify(tidyHours(hours))).toBe(
      '{"zone":"Europe/Moscow","week":{"fri":[["09:00","13:00"],["14:00","18:00"]]},"exceptions":{"2026-12-31":[["10:00","15:00"]],"2027-01-01":[]}}',
    );
  });

  test('are told in groups of days that follow each other', () => {
    const week = {
      mon: [OFFICE],
      tue: [OFFICE],
      wed: [['9', '18']],
      fri: [OFFICE],
      sat: [NIGHT],
    } satisfies Hours['week'];
    expect(groupsOf(week)).toEqual([
      { first: 'mon', last: 'wed', intervals: [OFFICE] },
      { first: 'fri', last: 'fri', intervals: [OFFICE] },
      { first: 'sat', last: 'sat', intervals: [NIGHT] },
    ]);
    const always = Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00'] as const]]));
    expect([isAlwaysOpen(always), isAlwaysOpen({ ...always, sun: [] }), isAlwaysOpen({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test.each([
    ['Office', '', ['Shop'], undefined],
    ['', '', [], 'name-missing'],
    ['Shop', '', ['Shop'], 'name-taken'],
    ['Shop', 'Shop', ['Shop'], undefined],
    ['Office', '', Array.from({ length: 50 }, (_, index) => `${index}`), 'name-too-many'],
    ['Office', '7', Array.from({ length: 50 }, (_, index) => `${index}`), undefined],
  ])('may be called %j, after %j', (name, before, names, fault) => {
    expect(nameFault(name, before, names)).toBe(fault);
  });

  test('have so many special days, each once', () => {
    const dates = Object.fromEntries(Array.from({ length: 400 }, (_, day) => [dateOf(day), []]));
    const { [dateOf(0)]: _, ...less } = dates;

    expect([dateFault('', less), dateFault(dateOf(1), dates)]).toEqual(['date-missing', 'date-there']);
    expect([dateFault('2030-01-01', less), dateFault('2030-01-01', dates)]).toEqual([undefined, 'date-too-many']);
  });

  test.each([
    [NIGHT, true],
    [OFFICE, false],
    [['00:00', '24:00'] as const, false],
  ])('%s pass midnight: %s', (interval, does) => {
    expect(passesMidnight(interval)).toBe(does);
  });
});

describe('the next days', () => {
  const hours: Hours = {
    zone: 'Asia/Kathmandu',
    week: { fri: [NIGHT], sun: [OFFICE] },
    exceptions: { '2026-12-06': [], '2026-12-07': [['10:00', '15:00']] },
  };
  /** Friday, 4 December 2026, 23:00 in Kathmandu. */
  const FRIDAY = Date.parse('2026-12-04T17:15:00Z');

  test('are those of the zone, with what is otherwise', () => {
    const days = nextDays(hours, FRIDAY).map(({ date, intervals, isException }) => [
      date,
      String(intervals),
      isException,
    ]);
    expect(days.slice(0, 4)).toEqual([
      ['2026-12-04', '21:00,02:00', false],
      ['2026-12-05', '', false],
      ['2026-12-06', '', true],
      ['2026-12-07', '10:00,15:00', true],
    ]);
  });

  test.each([
    ['at night', FRIDAY, true, '2026-12-05', 120],
    ['after it', FRIDAY + 3 * 3_600_000, false, '2026-12-07', 600],
    ['as it opens', Date.parse('2026-12-07T04:15:00Z'), true, '2026-12-07', 900],
  ])('tell, %s, whether it is open and when that changes', (_, now, isOpenThen, date, minute) => {
    expect(openNow(hours, now)).toEqual({ isOpen: isOpenThen, changes: { date, minute } });
  });

  test('of what is always or never open have no change', () => {
    const always = Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00'] as const]]));
    const plain = { zone: 'UTC', exceptions: {} };
    expect(openNow({ ...plain, week: always }, FRIDAY)).toEqual({ isOpen: true, changes: undefined });
    expect(openNow({ ...plain, week: {} }, FRIDAY)).toEqual({ isOpen: false, changes: undefined });
    expect(openNow({ ...plain, week: { fri: [['00:00', '24:00']] } }, FRIDAY).changes).toEqual({
      date: '2026-12-04',
      minute: 1440,
    });
  });

  test('say the same as the calendar by which clients are moved, in a zone without changes of its offset', () => {
    const time = fc.integer({ min: 0, max: 1439 }).map(wallTime);
    const day = fc.uniqueArray(time, { minLength: 2, maxLength: 2 }).map((times) => [times as unknown as Interval]);
    const week = fc.record(Object.fromEntries(WEEKDAYS.map((name) => [name, day])), { requiredKeys: [] });
    const now = fc.integer({ min: 0, max: 20 * 1440 }).map((minutes) => FRIDAY + minutes * 60_000);
    fc.assert(
      fc.property(week, now, (days, at) => {
        const some: Hours = { ...hours, week: days };
        const schedule = [{ ...some, from: 0 }];
        const { isOpen: isOpenThen, changes } = openNow(some, at);
        const border = nextBorder(schedule, at);
        const told = changes && Date.parse(`${changes.date}T00:00:00Z`) + (changes.minute - 345) * 60_000;

        expect([isOpenThen, told]).toEqual([isOpen(schedule, at), border]);
      }),
    );
  });
});
