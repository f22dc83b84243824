import { DAY_MS, utcDate } from '#domain/schedule';
import type { Write } from '#store/dynamo/transaction';

/** What was counted of a day is kept for five years. */
export const KEPT_DAY_MS = 5 * 366 * DAY_MS;

/** The partition of what was counted of the days of a channel. No id of a channel has a `#`. */
export function daysOf(channelId: string): string {
  return `days#${channelId}`;
}

/** Whether the day of that time is over. */
export function isPastDay(time: number, now: number): boolean {
  return utcDate(time) < utcDate(now);
}

/**
 * The write that takes away what was counted of the day of that time. `mark` is new each time: a count that is under way
 * finds it changed, and is not stored.
 */
export function dayMark(table: string, channelId: string, time: number, mark: string): Write {
  const ttl = Math.ceil((time + KEPT_DAY_MS) / 1000);
  return { Put: { TableName: table, Item: { ch: daysOf(channelId), s: utcDate(time), mark, ttl } } };
}
