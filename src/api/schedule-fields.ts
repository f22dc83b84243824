import * as z from 'zod/mini';
import { text } from '#api/fields';
import { isSeen } from '#domain/profile';
import { type Hours, type Interval, MOST_INTERVALS, type Schedule } from '#domain/schedule';
import { schemaOf } from '#schema-of';

/** No space at either end, no control, and no half of a character, which could not be stored. */
const SCHEDULE_NAME = /^(?!.*[\p{Cc}\p{Cs}])\S(?:.*\S)?$/su;

/** The name of a schedule: 1 to 60 characters of which something can be seen, no space at either end. */
export const scheduleName = z.string().check(
  z.minLength(1),
  z.maxLength(60),
  // Clients in other languages do not know such a pattern, so the description does not hold it.
  z.refine((name) => SCHEDULE_NAME.test(name) && isSeen(name)),
);

/** A time of a wall clock: `HH:MM`, and `24:00` for the end of a day. */
export const wallTime = z.string().check(z.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/));

/** From and to. An end before its start is on the next day. */
export const interval = z.readonly(z.tuple([wallTime, wallTime]));

/** The intervals of a day. None: a day off. */
export const dayIntervals = z.readonly(z.array(interval).check(z.maxLength(MOST_INTERVALS)));

/** The intervals of the days of a week. A day that is missing is off, so one that is misspelt is refused. */
export const week = z.strictObject({
  mon: z.exactOptional(dayIntervals),
  tue: z.exactOptional(dayIntervals),
  wed: z.exactOptional(dayIntervals),
  thu: z.exactOptional(dayIntervals),
  fri: z.exactOptional(dayIntervals),
  sat: z.exactOptional(dayIntervals),
  sun: z.exactOptional(dayIntervals),
});

/** A date: `YYYY-MM-DD`. */
export const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));

/** The hours of a schedule: a table of the week in a zone, and dates with intervals of their own. */
export const hours = schemaOf<Hours>()(
  z.object({
    zone: z.string().check(z.maxLength(100)),
    week,
    exceptions: z._default(z.record(date, dayIntervals), {}),
  }),
);

/** Intervals as they are stored, each from and to. */
const storedIntervals = z.array(z.array(text));

/** The week of a schedule as it is stored. */
export const storedWeek = z.object({
  mon: z.exactOptional(storedIntervals),
  tue: z.exactOptional(storedIntervals),
  wed: z.exactOptional(storedIntervals),
  thu: z.exactOptional(storedIntervals),
  fri: z.exactOptional(storedIntervals),
  sat: z.exactOptional(storedIntervals),
  sun: z.exactOptional(storedIntervals),
});

/** The hours of a schedule as they are stored. */
export const storedHours = z.object({ zone: text, week: storedWeek, exceptions: z.record(text, storedIntervals) });

/** The hours in force by the names of their schedules. */
export const schedulesAnswer = z.record(text, storedHours);

/** The hours of each schedule that hold now, by name: those of its newest version. */
export function presentSchedules(schedules: Readonly<Record<string, Schedule>>): z.infer<typeof schedulesAnswer> {
  return Object.fromEntries(
    inNameOrder(schedules).flatMap(([name, versions]) => {
      const newest = versions.at(-1);
      return newest ? [[name, presentHours(newest)]] : [];
    }),
  );
}

function inNameOrder<T>(named: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(named).sort(([one], [other]) => one.localeCompare(other, 'en'));
}

function presentHours({ zone, week, exceptions }: Hours): z.infer<typeof storedHours> {
  return { zone, week: presentDays(week), exceptions: presentDays(exceptions) };
}

function presentDays(days: Readonly<Record<string, readonly Interval[] | undefined>>): Record<string, string[][]> {
  return Object.fromEntries(Object.entries(days).map(([day, all]) => [day, (all ?? []).map((one) => [...one])]));
}
