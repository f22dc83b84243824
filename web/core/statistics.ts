import { ticks } from 'd3-array';
import { DAY_MS, utcDate, WEEKDAYS } from '../../src/domain/schedule.ts';
import type { Day, Period } from '../settings-models/statistics.ts';

/** What one bar of the chart stands for: a day, and how its waits ended. */
export interface DayCount {
  readonly day: Day;
  readonly answered: number;
  readonly noReplyNeeded: number;
  /** Automatic texts, and what still waits. */
  readonly others: number;
  /** Half of the answers came within so many seconds; null if there was none. */
  readonly p50: number | null;
}

/** What the server counted under a key. */
export interface Counted {
  readonly key: string;
  readonly waits: number;
  readonly answered: number;
  readonly noReplyNeeded: number;
  readonly auto: number;
  readonly open: number;
  readonly replyTime: Spread;
  readonly inHours: Spread;
}

interface Spread {
  readonly p50: number | null;
  readonly p90: number | null;
}

const HOURS = 24;

/** The day so many days later. */
export function dayAfter(day: Day, days: number): Day {
  return utcDate(Date.parse(day) + days * DAY_MS);
}

/** The days up to that one, so many, and as many before them. */
export function periodsUpTo(to: Day, days: number): { readonly now: Period; readonly before: Period } {
  const from = dayAfter(to, 1 - days);
  return { now: { from, to }, before: { from: dayAfter(from, -days), to: dayAfter(from, -1) } };
}

/** Every day of the period, also those without a wait. */
export function dayCounts({ from, to }: Period, rows: readonly Counted[], isWorking: boolean): DayCount[] {
  const byDay = new Map(rows.map((row) => [row.key, row]));
  const days: DayCount[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const row = byDay.get(day);
    days.push({
      day,
      answered: row?.answered ?? 0,
      noReplyNeeded: row?.noReplyNeeded ?? 0,
      others: (row?.auto ?? 0) + (row?.open ?? 0),
      p50: row ? timesOf(row, isWorking).p50 : null,
    });
  }
  return days;
}

/** How long answers took: in working time, or in plain time. */
export function timesOf(row: Pick<Counted, 'replyTime' | 'inHours'>, isWorking: boolean): Spread {
  return isWorking ? row.inHours : row.replyTime;
}

/** Round numbers from 0 up to at least `most`, for the lines of a chart. Whole numbers are counted, so none is below 1. */
export function scaleUpTo(most: number): { readonly top: number; readonly lines: readonly number[] } {
  const found = ticks(0, Math.max(most, 1), 4).filter(Number.isInteger);
  const [first = 0, second = 1] = found;
  const step = second - first;
  const lines = found.at(-1)! >= most ? found : [...found, found.at(-1)! + step];
  return { top: lines.at(-1)!, lines };
}

/** The waits of each hour of each weekday, Monday first, and the most in one of them. */
export function heatOf(rows: readonly Pick<Counted, 'key' | 'waits'>[]): {
  readonly cells: readonly (readonly number[])[];
  readonly most: number;
} {
  const waits = new Map(rows.map((row) => [row.key, row.waits]));
  const cells = WEEKDAYS.map((_, day) =>
    Array.from({ length: HOURS }, (_, hour) => waits.get(`${day + 1}-${String(hour).padStart(2, '0')}`) ?? 0),
  );
  return { cells, most: Math.max(...cells.flat()) };
}

/** How strongly a cell is filled: 0 for nothing, then four steps up to the most. */
export function shadeOf(waits: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (waits === 0) return 0;
  return Math.max(1, Math.ceil((waits / most) * 4)) as 1 | 2 | 3 | 4;
}

/** The rows, by one of their values. What has none stands last, whichever the direction. Alike ones keep their order. */
export function sortedBy<Row>(
  rows: readonly Row[],
  valueIn: (row: Row) => number | string | null,
  isDescending: boolean,
): Row[] {
  const direction = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [valueIn(one), valueIn(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'string' || typeof b === 'string') return direction * String(a).localeCompare(String(b));
    return direction * (a - b);
  });
}
