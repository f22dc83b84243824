import {
  DAY_MINUTES,
  type Hours,
  type Interval,
  isDate,
  MOST_DATES,
  MOST_INTERVALS,
  spanOf,
  WEEKDAYS,
  type Weekday,
} from './schedule.ts';
import { isZone } from './zone.ts';

/** What is wrong with the intervals of a day. */
export type DayFault = 'unreadable' | 'overlap' | 'too-many';

/** What is wrong with a week: with which of its days, or that it never opens. */
export interface WeekFaults {
  readonly days: Readonly<Partial<Record<Weekday, DayFault>>>;
  readonly isNeverOpen: boolean;
}

/** What is wrong with the intervals of one day by themselves. */
export function dayFault(intervals: readonly Interval[]): DayFault | undefined {
  if (intervals.length > MOST_INTERVALS) return 'too-many';
  const spans = intervals.map(spanOf).filter((span) => span !== undefined);
  if (spans.length < intervals.length) return 'unreadable';
  const inOrder = spans.sort(([one], [other]) => one - other);
  return inOrder.some(([from], index) => (inOrder[index - 1]?.[1] ?? 0) > from) ? 'overlap' : undefined;
}

/** What is wrong with a week. A night may not reach into the intervals of the next day. */
export function weekFaults(week: Hours['week']): WeekFaults {
  const days: Partial<Record<Weekday, DayFault>> = {};
  for (const day of WEEKDAYS) {
    const fault = dayFault(week[day] ?? []) ?? (isReached(week, day) ? 'overlap' : undefined);
    if (fault) days[day] = fault;
  }
  return { days, isNeverOpen: WEEKDAYS.every((day) => (week[day] ?? []).length === 0) };
}

/** The names of the fields by which hours cannot be stored: `zone`, `week`, `week.mon`, `exceptions.2026-12-31`. */
export function faultsOf({ zone, week, exceptions }: Hours): string[] {
  const { days, isNeverOpen } = weekFaults(week);
  const ofDates = Object.entries(exceptions).filter(([date, intervals]) => !isDate(date) || dayFault(intervals));
  return [
    ...(isZone(zone) ? [] : ['zone']),
    ...(isNeverOpen ? ['week'] : []),
    ...Object.keys(days).map((day) => `week.${day}`),
    ...(Object.keys(exceptions).length > MOST_DATES ? ['exceptions'] : []),
    ...ofDates.map(([date]) => `exceptions.${date}`),
  ];
}

/** Whether the night of the day before reaches into the intervals of that day. */
function isReached(week: Hours['week'], day: Weekday): boolean {
  const before = WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7]!;
  const ends = (week[before] ?? []).map((interval) => (spanOf(interval)?.[1] ?? 0) - DAY_MINUTES);
  const begins = (week[day] ?? []).map((interval) => spanOf(interval)?.[0] ?? 0);
  return begins.length > 0 && ends.length > 0 && Math.max(...ends) > Math.min(...begins);
}
