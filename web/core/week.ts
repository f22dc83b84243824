import {
  type DayFault,
  dayFault as faultOf,
  weekFaults as faultsOf,
  type WeekFaults,
} from '../../src/domain/hours-faults.ts';
import {
  DAY_MINUTES,
  type Hours,
  type Interval,
  MOST_DATES,
  MOST_SCHEDULES,
  spanOf,
  WEEKDAYS,
  type Weekday,
} from '../../src/domain/schedule.ts';
import type { Week } from '../settings-models/hours.ts';
import { tidyTime, wallTime } from './typed-time.ts';

export type { DayFault, WeekFaults };

const OFFERED: Interval = ['09:00', '18:00'];
/** After a break of an hour. */
const BREAK_MINUTES = 60;

/** From and to as they were typed, in minutes since the midnight before. Undefined if one of them is no time. */
export function minutesOf([from, to]: Interval): readonly [from: number, to: number] | undefined {
  return spanOf([tidyTime(from), tidyTime(to)]);
}

/** Whether it ends on the next day. */
export function passesMidnight(interval: Interval): boolean {
  return (minutesOf(interval)?.[1] ?? 0) > DAY_MINUTES;
}

/** What is wrong with the hours of one day, as they were typed. */
export function dayFault(intervals: readonly Interval[]): DayFault | undefined {
  return faultOf(tidy(intervals));
}

/** What is wrong with a week, as it was typed. */
export function weekFaults(week: Week): WeekFaults {
  return faultsOf(tidyWeek(week));
}

/** Whether nothing is wrong with it. */
export function isWhole({ days, isNeverOpen }: WeekFaults): boolean {
  return !isNeverOpen && Object.keys(days).length === 0;
}

/** Why a schedule cannot have that name, or a date be added. Each is told beside its field. */
export type NameFault = 'name-missing' | 'name-taken' | 'name-too-many';
export type DateFault = 'date-missing' | 'date-there' | 'date-too-many';

/** Why the schedule that was called `before` (nothing: it is new) cannot be called that beside the others. */
export function nameFault(name: string, before: string, names: readonly string[]): NameFault | undefined {
  if (name === '') return 'name-missing';
  if (name !== before && names.includes(name)) return 'name-taken';
  return before === '' && names.length >= MOST_SCHEDULES ? 'name-too-many' : undefined;
}

/** Why that date cannot be a special day beside the others. */
export function dateFault(date: string, dates: Hours['exceptions']): DateFault | undefined {
  if (date === '') return 'date-missing';
  if (Object.hasOwn(dates, date)) return 'date-there';
  return Object.keys(dates).length >= MOST_DATES ? 'date-too-many' : undefined;
}

/** The week with other hours on a day. Without any the day is closed. */
export function withDay(week: Week, day: Weekday, intervals: readonly Interval[]): Week {
  const { [day]: _, ...others } = week;
  return intervals.length === 0 ? others : { ...others, [day]: intervals };
}

/** The week with the hours of one day on others as well. */
export function withSame(week: Week, from: Weekday, days: readonly Weekday[]): Week {
  return days.reduce((before, day) => withDay(before, day, week[from] ?? []), week);
}

/** The hours with one interval more: usual ones on a closed day, else those after a break. */
export function withMore(intervals: readonly Interval[]): readonly Interval[] {
  const last = intervals.at(-1);
  if (last === undefined) return [OFFERED];
  const start = (minutesOf(last)?.[1] ?? DAY_MINUTES) + BREAK_MINUTES;
  // Late in the evening there is nothing left of the day, so it is left to be typed.
  if (start >= DAY_MINUTES) return [...intervals, ['', '']];
  return [...intervals, [wallTime(start), wallTime(Math.min(start + 4 * 60, DAY_MINUTES))]];
}

/** The hours with another interval in that place. */
export function withInterval(intervals: readonly Interval[], index: number, interval: Interval): readonly Interval[] {
  return intervals.map((one, place) => (place === index ? interval : one));
}

/** The hours without the interval in that place. */
export function withoutInterval(intervals: readonly Interval[], index: number): readonly Interval[] {
  return intervals.filter((_, place) => place !== index);
}

/** The hours as they are stored: times of two digits, in order of time. */
export function tidyHours({ zone, week, exceptions }: Hours): Hours {
  const dates = Object.entries(exceptions).map(([date, hours]) => [date, tidy(hours)] as const);
  return { zone, week: tidyWeek(week), exceptions: Object.fromEntries(dates.sort()) };
}

/** Days that follow each other and have the same hours. */
export interface DayGroup {
  readonly first: Weekday;
  readonly last: Weekday;
  readonly intervals: readonly Interval[];
}

/** The open days of a week, those with the same hours in one: "Mon–Fri 9–18, Sat 10–14". */
export function groupsOf(week: Week): readonly DayGroup[] {
  const groups: DayGroup[] = [];
  for (const [index, day] of WEEKDAYS.entries()) {
    const intervals = tidy(week[day] ?? []);
    const before = groups.at(-1);
    const follows = before !== undefined && WEEKDAYS.indexOf(before.last) === index - 1;
    if (intervals.length === 0) continue;
    if (follows && String(before.intervals) === String(intervals)) groups[groups.length - 1] = { ...before, last: day };
    else groups.push({ first: day, last: day, intervals });
  }
  return groups;
}

/** Whether it is always open: every day from midnight to midnight. */
export function isAlwaysOpen(week: Week): boolean {
  const [group, ...others] = groupsOf(week);
  return (
    others.length === 0 && String(group?.intervals) === '00:00,24:00' && group?.first === 'mon' && group.last === 'sun'
  );
}

function tidyWeek(week: Week): Week {
  return Object.fromEntries(WEEKDAYS.flatMap((day) => (week[day]?.length ? [[day, tidy(week[day])] as const] : [])));
}

function tidy(intervals: readonly Interval[]): readonly Interval[] {
  const times = intervals.map(([from, to]): Interval => [tidyTime(from), tidyTime(to)]);
  return times.sort(([one], [other]) => (one < other ? -1 : 1));
}
