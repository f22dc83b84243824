import { DAY_MS, type Hours, intervalsOf, MINUTE_MS, type Schedule, spanOf } from './schedule.ts';
import { instantOf, wallOf } from './wall-time.ts';

/** A stretch of time (epoch ms) in which a schedule is open. `to` is the first instant after it. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** Nothing is looked for later than that. */
export const FARTHEST_MS = 400 * DAY_MS;

/** A wall clock of a zone was once moved by a whole day, so the intervals of the two days before may reach into one. */
const DAYS_BEFORE = 2;
const FIRST_LOOK_MS = 2 * DAY_MS;

/** The openings between two instants, the earliest first. No two of them touch. Without a schedule it is always open. */
export function openings(schedule: Schedule | undefined, from: number, to: number): Opening[] {
  if (to <= from) return [];
  if (!schedule || schedule.length === 0) return [{ from, to }];
  const found = schedule.flatMap((hours, index) => {
    const begins = index === 0 ? from : Math.max(from, hours.from);
    const ends = Math.min(to, schedule[index + 1]?.from ?? to);
    return begins < ends ? openingsOf(hours, begins, ends) : [];
  });
  return merged(found);
}

/** The working milliseconds between two instants. 0 if the second is not later. */
export function workingMs(schedule: Schedule | undefined, from: number, to: number): number {
  return sum(openings(schedule, from, to));
}

/**
 * The least instant by which so many working milliseconds have passed since `from`. Undefined if they do not pass
 * within 400 days.
 */
export function addWorking(schedule: Schedule | undefined, from: number, ms: number): number | undefined {
  if (ms <= 0) return from;
  for (const until of looks(from, ms)) {
    let left = ms;
    for (const opening of openings(schedule, from, until)) {
      const length = opening.to - opening.from;
      if (left <= length) return opening.from + left;
      left -= length;
    }
  }
  return undefined;
}

/** Whether the schedule is open at that instant. */
export function isOpen(schedule: Schedule | undefined, at: number): boolean {
  return openings(schedule, at, at + 1).length > 0;
}

/** The next instant after this one at which the schedule opens or closes. Undefined if it does neither within 400 days. */
export function nextBorder(schedule: Schedule | undefined, after: number): number | undefined {
  if (!schedule || schedule.length === 0) return undefined;
  for (const until of looks(after, 0)) {
    const [first] = openings(schedule, after, until);
    if (first && first.from > after) return first.from;
    if (first && first.to < until) return first.to;
  }
  return undefined;
}

/** How far one looks ahead: not far at first, and then farther and farther. */
function* looks(from: number, ms: number): Generator<number> {
  for (let ahead = ms + FIRST_LOOK_MS; ahead < FARTHEST_MS; ahead *= 4) yield from + ahead;
  yield from + FARTHEST_MS;
}

function openingsOf(hours: Hours, from: number, to: number): Opening[] {
  const { zone } = hours;
  const last = Math.floor(wallOf(zone, to) / DAY_MS);
  const found: Opening[] = [];
  for (let day = Math.floor(wallOf(zone, from) / DAY_MS) - DAYS_BEFORE; day <= last; day += 1) {
    for (const interval of intervalsOf(hours, day)) {
      const span = spanOf(interval);
      if (!span) continue;
      const [start, end] = span.map((minutes) => instantOf(zone, day * DAY_MS + minutes * MINUTE_MS)) as [
        number,
        number,
      ];
      const [begins, ends] = [Math.max(start, from), Math.min(end, to)];
      // A change of the offset may swallow an interval.
      if (begins < ends) found.push({ from: begins, to: ends });
    }
  }
  return found;
}

function merged(found: readonly Opening[]): Opening[] {
  const all: Opening[] = [];
  for (const next of [...found].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (!last || next.from > last.to) all.push(next);
    else if (next.to > last.to) all[all.length - 1] = { from: last.from, to: next.to };
  }
  return all;
}

function sum(all: readonly Opening[]): number {
  return all.reduce((so, { from, to }) => so + to - from, 0);
}
