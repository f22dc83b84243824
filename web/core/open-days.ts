import {
  DAY_MINUTES,
  DAY_MS,
  type Hours,
  type Interval,
  intervalsOf,
  dateOf as namedDate,
  type Weekday,
  weekdayOf,
} from '../../src/domain/schedule.ts';
import { joined, type Span } from '../../src/domain/week-openings.ts';
import { minutesOf } from './week.ts';

/** So many days ahead it is looked for when it opens. */
const MOST_DAYS = 400;

/** A day of a schedule. `isException`: it is otherwise than its day of the week. */
export interface OpenDay {
  /** `yyyy-mm-dd` */
  readonly date: string;
  readonly weekday: Weekday;
  readonly intervals: readonly Interval[];
  readonly isException: boolean;
}

/** Whether it is open, and the date and minute at which that changes. Undefined: not within 400 days. */
export interface OpenNow {
  readonly isOpen: boolean;
  readonly changes: { readonly date: string; readonly minute: number } | undefined;
}

/** The next days by the wall clock of the zone, today first. */
export function nextDays(hours: Hours, now: number, count = 7): readonly OpenDay[] {
  const [today] = wallAt(hours.zone, now);
  return Array.from({ length: count }, (_, index): OpenDay => {
    const day = today + index;
    const date = namedDate(day);
    const isException = Object.hasOwn(hours.exceptions, date);
    return { date, weekday: weekdayOf(day), intervals: intervalsOf(hours, day), isException };
  });
}

/** Whether it is open by the wall clock of the zone, and when that changes. */
export function openNow(hours: Hours, now: number): OpenNow {
  const [today, minute] = wallAt(hours.zone, now);
  const span = spanAround(hours, today, minute);
  const isOpen = span !== undefined && span[0] <= minute;
  const change = isOpen ? span[1] : span?.[0];
  if (change === undefined || change >= (MOST_DAYS - 1) * DAY_MINUTES) return { isOpen, changes: undefined };
  // The midnight that ends something belongs to the evening before.
  const after = isOpen ? Math.ceil(change / DAY_MINUTES) - 1 : Math.floor(change / DAY_MINUTES);
  return { isOpen, changes: { date: namedDate(today + after), minute: change - after * DAY_MINUTES } };
}

/** The stretch that is open then, else the next one: in minutes since today began. */
function spanAround(hours: Hours, today: number, minute: number): Span | undefined {
  let spans: readonly Span[] = [];
  // What began yesterday may reach into today.
  for (let day = -1; day < MOST_DAYS; day += 1) {
    const start = day * DAY_MINUTES;
    const own = intervalsOf(hours, today + day).flatMap((interval) => {
      const minutes = minutesOf(interval);
      return minutes ? [[minutes[0] + start, minutes[1] + start] as const] : [];
    });
    spans = joined([...spans, ...own]).filter(([, to]) => to > minute);
    // No later day lengthens what has ended before this one does.
    if (spans.some(([, to]) => to < start + DAY_MINUTES)) break;
  }
  return spans[0];
}

/** The day, counted from 1 January 1970, and the minute of it that a wall clock of the zone shows. */
function wallAt(zone: string, at: number): readonly [day: number, minute: number] {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return [Date.UTC(year, month - 1, day) / DAY_MS, hour * 60 + minute];
}
