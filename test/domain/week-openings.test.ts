import { expect, test } from 'vitest';
import { type Hours, WEEKDAYS } from '#domain/schedule';
import { joined, openingLengths } from '#domain/week-openings';

const HOUR = 3_600_000;
const ALL_DAY = [['00:00', '24:00']] as const;

test.each<[string, Hours['week'], number[]]>([
  ['closed', {}, []],
  ['open in the day', { mon: [['09:00', '18:00']], sat: [['10:00', '13:00']] }, [9, 3]],
  [
    'open without a break between two intervals',
    {
      tue: [
        ['13:00', '18:00'],
        ['09:00', '13:00'],
      ],
    },
    [9],
  ],
  ['open at night', { fri: [['21:00', '02:00']] }, [5]],
  ['open from one day into the next', { fri: [['21:00', '24:00']], sat: [['00:00', '02:00']] }, [5]],
  ['open from Sunday into Monday', { sun: [['21:00', '24:00']], mon: [['00:00', '02:00']] }, [5]],
  ['open at night from Sunday into Monday', { sun: [['22:00', '02:00']], mon: [['02:00', '03:00']] }, [5]],
  ['open but for an hour of a week', { ...allDays(), wed: [['01:00', '24:00']] }, [167]],
  ['always open', allDays(), []],
])('a week that is %s', (_, week, hours) => {
  expect(openingLengths(week)).toEqual(hours.map((length) => length * HOUR));
});

test('stretches that touch or overlap are one, in whatever order they come', () => {
  expect(
    joined([
      [5, 6],
      [0, 4],
      [1, 2],
      [6, 7],
    ]),
  ).toEqual([
    [0, 4],
    [5, 7],
  ]);
});

function allDays(): Hours['week'] {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, ALL_DAY]));
}
