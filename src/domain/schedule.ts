/** The days of a week as schedules name them, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Two times of a wall clock, `HH:MM` each, `24:00` for the end of the day. An end before its start is on the next day.
 */
export type Interval = readonly [start: string, end: string];

/** When a team works: a table of the week in a zone, and dates with intervals of their own. A day that is missing is off. */
export interface Hours {
  /** The IANA name of the zone, as it was typed. */
  readonly zone: string;
  readonly week: { readonly [Day in Weekday]?: readonly Interval[] };
  /** By date (`YYYY-MM-DD`): these intervals stand in the place of those of the week. None: a day off. */
  readonly exceptions: Readonly<Record<string, readonly Interval[]>>;
}

/** Hours that hold from a time on (epoch ms), until the next version does. */
export interface HoursVersion extends Hours {
  readonly from: number;
}

/** The versions of a schedule, the oldest first. The first holds for all time before it, too. None: always open. */
export type Schedule = readonly HoursVersion[];

/** As many versions of a schedule are kept. */
export const MOST_VERSIONS = 50;
/** As many intervals a day may have, and as many dates a schedule. */
export const MOST_INTERVALS = 6;
export const MOST_DATES = 400;
/** As many schedules an account may have. */
export const MOST_SCHEDULES = 50;

/** A minute and a day in milliseconds. */
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** The minutes of a day. */
export const DAY_MINUTES = 1440;

/** 1 January 1970 was a Thursday. */
const THURSDAY = 3;

/** The minutes since midnight of `HH:MM`. Undefined if it is no such time. `24:00` is one. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && all <= DAY_MINUTES ? all : undefined;
}

/** The interval in minutes since the midnight before its start. Undefined if one of its times is none, or both are one. */
export function spanOf([start, end]: Interval): readonly [start: number, end: number] | undefined {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  if (from === undefined || to === undefined || from === DAY_MINUTES || from === to) return undefined;
  return [from, to < from ? to + DAY_MINUTES : to];
}

/** The intervals of a day, which is counted from 1 January 1970. */
export function intervalsOf({ week, exceptions }: Hours, day: number): readonly Interval[] {
  return exceptions[dateOf(day)] ?? week[weekdayOf(day)] ?? [];
}

/** The day of the week of a day that is counted from 1 January 1970. */
export function weekdayOf(day: number): Weekday {
  return WEEKDAYS[(((day + THURSDAY) % 7) + 7) % 7]!;
}

/** The date `YYYY-MM-DD` of a day that is counted from 1 January 1970. */
export function dateOf(day: number): string {
  return utcDate(day * DAY_MS);
}

/** The date `YYYY-MM-DD` in UTC of a time (epoch ms). */
export function utcDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether there is such a date, written as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && utcDate(at) === text;
}

/**
 * The schedule with these hours from `now` on. The past is not rewritten. The oldest versions go, if there are too many.
 */
export function withHours(before: Schedule, hours: Hours, now: number): Schedule {
  const kept = before.filter(({ from }) => from < now);
  return [...kept, { ...hours, from: now }].slice(-MOST_VERSIONS);
}
