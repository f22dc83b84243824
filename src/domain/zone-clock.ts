import { DAY_MS, utcDate } from './schedule.ts';
import { instantOf, wallOf } from './wall-time.ts';

/** Tells the day `YYYY-MM-DD`, the hour `00` to `23` and the weekday (1 is Monday) of a time (epoch ms) in a zone. */
export type ZoneClock = (at: number) => { readonly day: string; readonly hour: string; readonly weekday: number };

/** The clocks of all zones are moved by whole quarters of an hour. */
export const QUARTER_MS = 900_000;

/** Makes the clock of a zone. It remembers what it has told of a quarter of an hour. */
export function createZoneClock(zone: string): ZoneClock {
  const known = new Map<number, ReturnType<ZoneClock>>();
  return function zoneClock(at) {
    const quarter = Math.floor(at / QUARTER_MS);
    const told = known.get(quarter) ?? momentOf(zone, quarter * QUARTER_MS);
    known.set(quarter, told);
    return told;
  };
}

function momentOf(zone: string, at: number): ReturnType<ZoneClock> {
  const wall = new Date(wallOf(zone, at));
  const iso = wall.toISOString();
  return { day: iso.slice(0, 10), hour: iso.slice(11, 13), weekday: wall.getUTCDay() || 7 };
}

/** When the day begins in the zone (epoch ms). A clock that is moved at midnight has no midnight: then a little later. */
export function beginOfDay(zone: string, day: string): number {
  return instantOf(zone, Date.parse(day));
}

/** The day so many days later. */
export function daysAfter(day: string, days: number): string {
  return utcDate(Date.parse(day) + days * DAY_MS);
}

/** How many days there are from one to another, both included. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}
