import { describe, expect, test } from 'vitest';
import { instantOf, wallOf } from '#domain/wall-time';
import { changesOf, instantByIntl, wallByIntl } from './intl-clock.ts';

const MINUTE = 60_000;
const HOURS_ROUND = 3;

/** Zones in which something is odd: half hours, changes at midnight, two changes within 60 days. */
const ODD = ['Africa/Casablanca', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Beirut', 'America/Havana'];
// All of them take a minute: `npm run long` asks for them.
const ALL = process.env.KONVERT_LONG_ZONES === '1';
const zones = ALL ? Intl.supportedValuesOf('timeZone') : ODD;
const years = ALL ? [2024, 2026, 2028] : [2026];

describe('wall times (T9)', () => {
  test.each(zones)('round every change of the clocks of %s are what Intl says', (zone) => {
    for (const change of years.flatMap((year) => changesOf(zone, year))) {
      const around = wallByIntl(zone, change);
      for (let minutes = -HOURS_ROUND * 60; minutes <= HOURS_ROUND * 60; minutes += 10) {
        const [wall, at] = [around + minutes * MINUTE, change + minutes * MINUTE];
        expect(instantOf(zone, wall), `${zone} ${new Date(wall).toISOString()}`).toBe(instantByIntl(zone, wall));
        expect(wallOf(zone, at)).toBe(wallByIntl(zone, at));
      }
    }
  });

  test.each([
    ['a plain time', 'Europe/Moscow', '2026-06-01T09:00', '2026-06-01T06:00'],
    ['a time in a gap moves later by it', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30'],
    ['a repeated time is the first', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
    ['a gap at midnight', 'Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00'],
    ['a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45'],
    ['a day that never was', 'Pacific/Apia', '2011-12-30T09:00', '2011-12-30T19:00'],
    ['a quarter of an hour', 'Asia/Kathmandu', '2026-06-01T09:00', '2026-06-01T03:15'],
  ])('%s', (_, zone, wall, at) => {
    expect(new Date(instantOf(zone, Date.parse(`${wall}Z`))).toISOString()).toBe(`${at}:00.000Z`);
  });
});
