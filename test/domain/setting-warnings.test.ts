import { expect, test } from 'vitest';
import { settingWarnings } from '#domain/setting-warnings';
import { DEFAULT_WAITING } from '#domain/waiting-setting';

const waiting = { ...DEFAULT_WAITING, returnAfterMinutes: 240, tellHeadsAfterMinutes: null, from: 0 };
const week = (hours: [string, string][]) => ({
  schedules: {
    old: [
      { from: 0, zone: 'Europe/Moscow', week: { mon: [['09:00', '10:00']] as const }, exceptions: {} },
      {
        from: 1_800_000_000_000,
        zone: 'Europe/Moscow',
        week: { mon: hours, tue: hours },
        exceptions: { '2027-01-18': [['09:00', '09:30']] as const },
      },
    ],
  },
});

test.each<[string, [string, string][], string[]]>([
  ['longer than its openings', [['09:00', '12:59']], ['LONGER_THAN_OPEN']],
  [
    'longer than one of them',
    [
      ['09:00', '12:00'],
      ['13:00', '20:00'],
    ],
    ['LONGER_THAN_OPEN'],
  ],
  ['as long as they are', [['09:00', '13:00']], []],
  [
    'longer than one of them, though another goes on past midnight',
    [
      ['22:00', '24:00'],
      ['00:00', '04:00'],
    ],
    ['LONGER_THAN_OPEN'],
  ],
])('a return in a channel with hours is %s', (_, hours, expected) => {
  expect(settingWarnings({ waiting, schedule: 'old' }, week(hours))).toEqual(expected);
});

test('without hours, or without a timer, nothing is too long', () => {
  expect(settingWarnings({ waiting }, { schedules: {} })).toEqual([]);
  expect(settingWarnings({}, week([['09:00', '10:00']]))).toEqual([]);
});
