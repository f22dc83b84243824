import { expect, test } from 'vitest';
import { isDate } from '#domain/schedule';
import { isZone } from '#domain/zone';
import { beginOfDay, createZoneClock, daysAfter, daysFrom } from '#domain/zone-clock';

test.each([
  ['UTC', '2026-10-05T09:00:00Z', '2026-10-05', '09', 1],
  ['Europe/Moscow', '2026-10-04T21:00:00Z', '2026-10-05', '00', 1],
  ['Asia/Kathmandu', '2026-10-04T18:14:59Z', '2026-10-04', '23', 7],
  ['Asia/Kathmandu', '2026-10-04T18:15:00Z', '2026-10-05', '00', 1],
  ['Australia/Lord_Howe', '2026-10-03T15:29:00Z', '2026-10-04', '01', 7],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04', '02', 7],
])('S2 in %s it is at %s the day %s, the hour %s, weekday %d', (zone, at, day, hour, weekday) => {
  const clock = createZoneClock(zone);

  expect(clock(Date.parse(at))).toEqual({ day, hour, weekday });
  expect(clock(Date.parse(at))).toEqual({ day, hour, weekday });
});

test.each([
  ['UTC', '2026-10-05', '2026-10-05T00:00:00.000Z'],
  ['Europe/Moscow', '2026-10-05', '2026-10-04T21:00:00.000Z'],
  // There is no midnight: clocks go from 00:00 to 01:00.
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
  ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
])('S2 in %s the day %s begins at %s', (zone, day, begins) => {
  expect(new Date(beginOfDay(zone, day)).toISOString()).toBe(begins);
});

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['26-01-01', false],
  ['-000001-12', false],
  ['', false],
])('%j is a day: %j', (day, is) => {
  expect(isDate(day)).toBe(is);
});

test('days are counted', () => {
  expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
  expect(daysFrom('2026-03-01', '2026-02-28')).toBe(0);
  expect(daysFrom('2025-10-05', '2026-10-05')).toBe(366);
  expect(['Europe/Moscow', 'asia/kathmandu', 'Mars/Olympus', '+03:00', ''].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('T9 whatever short name is a zone, the calendar knows', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const zones = letters.flatMap((one) => letters.map((two) => `${one}${two}T`)).filter(isZone);

  for (const zone of zones) expect(() => createZoneClock(zone)(0), zone).not.toThrow();
  expect(zones).toEqual(expect.arrayContaining(['CET', 'EST', 'GMT']));
  expect(['IST', 'cst', 'PST', 'JST'].filter(isZone)).toEqual([]);
});

test.each(['Asia/Calcutta', 'Europe/Kiev', 'US/Eastern', 'W-SU', 'GMT0', 'Etc/GMT+3'])(
  'T9 the alias %s is a zone, and the calendar knows it',
  (zone) => {
    expect(isZone(zone)).toBe(true);
    expect(createZoneClock(zone)(0).day).toMatch(/^19(69-12-31|70-01-01)$/);
  },
);
