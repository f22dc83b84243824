import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayAfter, dayCounts, heatOf, periodsUpTo, scaleUpTo, shadeOf, sortedBy } from '../../web/core/statistics.ts';
import { weekdayName } from '../../web/parts/settings/kit/weekday.ts';
import { took, tookOrNone } from '../../web/parts/statistics/words.ts';
import { speak } from '../../web/words/words.ts';

const NOTHING = { answered: 0, noReplyNeeded: 0, auto: 0, open: 0, waits: 0 };
const NO_TIME = { p50: null, p90: null };
const row = (key: string, counted: object) => ({ key, ...NOTHING, replyTime: NO_TIME, inHours: NO_TIME, ...counted });

test.each([
  ['2026-11-30', 1, '2026-12-01'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2028-02-28', 1, '2028-02-29'],
])('%s and %d days is %s', (day, days, expected) => {
  expect(dayAfter(day, days)).toBe(expected);
});

test('a period is compared with as many days before it', () => {
  expect(periodsUpTo('2026-11-30', 7)).toEqual({
    now: { from: '2026-11-24', to: '2026-11-30' },
    before: { from: '2026-11-17', to: '2026-11-23' },
  });
});

test('every day has a bar, also one on which nobody waited, with the time that was asked for', () => {
  const rows = [
    row('2026-11-29', { answered: 3, noReplyNeeded: 1, auto: 1, open: 2, replyTime: { p50: 90, p90: 99 } }),
    row('2026-10-01', { answered: 9 }),
  ];
  const period = { from: '2026-11-28', to: '2026-11-30' };

  expect(dayCounts(period, rows, false)).toEqual([
    { day: '2026-11-28', answered: 0, noReplyNeeded: 0, others: 0, p50: null },
    { day: '2026-11-29', answered: 3, noReplyNeeded: 1, others: 3, p50: 90 },
    { day: '2026-11-30', answered: 0, noReplyNeeded: 0, others: 0, p50: null },
  ]);
  expect(dayCounts(period, rows, true)[1]?.p50).toBeNull();
});

test('the lines of a scale begin at 0, are whole and evenly apart, and no bar is higher than the last of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (most) => {
      const { top, lines } = scaleUpTo(most);

      expect(lines[0]).toBe(0);
      expect(top).toBe(lines.at(-1));
      expect(top).toBeGreaterThanOrEqual(Math.max(1, most));
      expect(lines.every(Number.isInteger)).toBe(true);
      expect(new Set(lines.slice(1).map((line, index) => line - lines[index]!)).size).toBe(1);
      expect(lines.length).toBeLessThan(9);
    }),
  );
});

test('waits stand in the hour of the weekday in which they began', () => {
  const { cells, most } = heatOf([
    { key: '1-00', waits: 2 },
    { key: '7-23', waits: 5 },
  ]);

  expect([cells.length, cells[0]?.length, most]).toEqual([7, 24, 5]);
  expect([cells[0]?.[0], cells[6]?.[23], cells[3]?.[12]]).toEqual([2, 5, 0]);
});

test.each([
  [0, 100, 0],
  [1, 100, 1],
  [26, 100, 2],
  [75, 100, 3],
  [100, 100, 4],
  [1, 1, 4],
])('%d of at most %d has the shade %d', (waits, most, shade) => {
  expect(shadeOf(waits, most)).toBe(shade);
});

describe('rows are sorted', () => {
  const rows = [
    { name: 'Olga', p50: 5 },
    { name: 'Ivan', p50: null },
    { name: 'Maria', p50: 1 },
  ];
  const names = (sorted: typeof rows) => sorted.map(({ name }) => name);

  test.each([
    [false, ['Maria', 'Olga', 'Ivan']],
    [true, ['Olga', 'Maria', 'Ivan']],
  ])('by a number, none last (descending: %s)', (isDescending, expected) => {
    expect(names(sortedBy(rows, ({ p50 }) => p50, isDescending))).toEqual(expected);
  });

  test('by a name', () => {
    expect(names(sortedBy(rows, ({ name }) => name, false))).toEqual(['Ivan', 'Maria', 'Olga']);
  });
});

describe('in words', () => {
  beforeAll(() => speak('en'));

  test.each([
    [0, '0 sec'],
    [59, '59 sec'],
    [60, '1 min'],
    [5_999, '100 min'],
    [6_000, '1.7 hr'],
    [360_000, '100 hr'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(took(seconds)).toBe(words);
  });

  test('without an answer there is a dash', () => {
    expect(tookOrNone(null)).toBe('–');
  });

  test.each([
    ['mon', 'Mon', 'Monday'],
    ['sun', 'Sun', 'Sunday'],
  ] as const)('%s is %s, or %s', (weekday, short, long) => {
    expect([weekdayName(weekday, 'short'), weekdayName(weekday)]).toEqual([short, long]);
  });
});
