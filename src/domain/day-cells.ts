import { bucketOf } from './spread.ts';
import type { CountedWait, WaitAuthor } from './waits.ts';
import { QUARTER_MS } from './zone-clock.ts';

/** The times that are counted of answered waits. */
export const TIMES = ['replyTime', 'inHours', 'firstReply', 'ownTime'] as const;

/** A time that is counted of answered waits. */
export type TimeName = (typeof TIMES)[number];

/** How many times fell into each bucket. */
export type Buckets = readonly (readonly [bucket: number, count: number])[];

/**
 * What was counted of one quarter of an hour of a day in UTC, and of one who ended waits. Days, hours and weekdays in any
 * zone are made of such.
 */
export interface DayCell {
  /** From 0 to 95. */
  readonly quarter: number;
  readonly author: WaitAuthor;
  readonly answered: number;
  readonly noReplyNeeded: number;
  readonly auto: number;
  readonly times: Readonly<Record<TimeName, Buckets>>;
}

interface Growing {
  readonly quarter: number;
  readonly author: WaitAuthor;
  answered: number;
  noReplyNeeded: number;
  auto: number;
  readonly times: Readonly<Record<TimeName, Map<number, number>>>;
}

const QUARTERS = 96;

/** Adds up the waits of a day in UTC. `timesOf` tells the times of an answered wait in seconds. */
export function cellsOf(
  waits: readonly CountedWait[],
  timesOf: (wait: CountedWait) => Partial<Record<TimeName, number>>,
): DayCell[] {
  const cells = new Map<string, Growing>();
  for (const wait of waits) {
    const { startedAt, author, outcome } = wait;
    const quarter = Math.floor(startedAt / QUARTER_MS) % QUARTERS;
    const name = `${quarter} ${author.by} ${author.userId ?? ''}`;
    const cell = cells.get(name) ?? emptyCell(quarter, author);
    cells.set(name, cell);
    if (outcome === 'no-reply-needed') cell.noReplyNeeded += 1;
    if (outcome === 'auto') cell.auto += 1;
    if (outcome !== 'answered') continue;
    cell.answered += 1;
    for (const [time, seconds] of Object.entries(timesOf(wait))) {
      const [buckets, bucket] = [cell.times[time as TimeName], bucketOf(seconds)];
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
  }
  return [...cells.values()].map(({ times, ...cell }) => ({ ...cell, times: eachTime((time) => [...times[time]]) }));
}

function emptyCell(quarter: number, author: WaitAuthor): Growing {
  const times = eachTime(() => new Map<number, number>());
  return { quarter, author, answered: 0, noReplyNeeded: 0, auto: 0, times };
}

function eachTime<T>(madeFor: (time: TimeName) => T): Record<TimeName, T> {
  return Object.fromEntries(TIMES.map((time) => [time, madeFor(time)])) as Record<TimeName, T>;
}
