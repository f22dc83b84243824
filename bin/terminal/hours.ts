import { InvalidArgumentError } from 'commander';
import { isDate, WEEKDAYS, type Weekday } from '#domain/schedule';

/** The intervals of days or dates, each from and to. */
export type Intervals = [start: string, end: string][];

/** The word for a day without hours, and for a date that is no exception any more. */
const OFF = 'off';
const AS_USUAL = 'as-usual';

/** Adds what `--week` takes to what was said before: `mon-fri=09:00-13:00,14:00-18:00`. */
export function withWeekdays(word: string, before: Partial<Record<Weekday, Intervals>> = {}) {
  const [days, intervals] = halves(word, 'mon-fri=09:00-18:00');
  return { ...before, ...Object.fromEntries(weekdaysOf(days).map((day) => [day, intervalsOf(intervals)])) };
}

/** Adds what `--date` takes to what was said before: `2026-12-31=10:00-15:00`. Null: as in every week. */
export function withDate(word: string, before: Readonly<Record<string, Intervals | null>> = {}) {
  const [date, intervals] = halves(word, '2026-12-31=10:00-15:00');
  if (!isDate(date)) throw new InvalidArgumentError(`${date} is no date.`);
  return { ...before, [date]: intervals === AS_USUAL ? null : intervalsOf(intervals) };
}

/** Intervals as they are typed and read: `09:00-13:00,14:00-18:00`, or `off`. */
export function intervalWords(intervals: readonly (readonly string[])[]): string {
  return intervals.length === 0 ? OFF : intervals.map((one) => one.join('-')).join(',');
}

function halves(word: string, example: string): [string, string] {
  const [, left = '', right] = /^([^=]+)=([^=]+)$/.exec(word) ?? [];
  if (right === undefined) throw new InvalidArgumentError(`It has to be like ${example}.`);
  return [left, right];
}

/** `mon`, or `mon-fri`; `fri-mon` goes over the end of the week. */
function weekdaysOf(word: string): Weekday[] {
  const [first = '', last = first] = word.toLowerCase().split('-');
  const [from, to] = [WEEKDAYS.indexOf(first as Weekday), WEEKDAYS.indexOf(last as Weekday)];
  if (from < 0 || to < 0) throw new InvalidArgumentError(`Days are ${WEEKDAYS.join(', ')}, or like mon-fri.`);
  const count = ((to - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, index) => WEEKDAYS[(from + index) % WEEKDAYS.length]!);
}

/** Konvert itself looks whether they overlap. */
function intervalsOf(words: string): Intervals {
  if (words === OFF) return [];
  return words.split(',').map((word) => {
    const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(word) ?? [];
    if (start === undefined || end === undefined) {
      throw new InvalidArgumentError(`${word} is no time from and to, like 09:00-18:00; a day without hours is off.`);
    }
    return [start, end];
  });
}
