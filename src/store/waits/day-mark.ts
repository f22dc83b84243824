import type { Write } from '#store/dynamo/transaction';

const DAY_MS = 86_400_000;
/** What was counted of a day is kept for five years. */
export const KEPT_DAY_MS = 5 * 366 * DAY_MS;

/** The partition of what was counted of the days of a channel. No id of a channel has a `#`. */
export function daysOf(channelId: string): string {
  return `days#${channelId}`;
}

/** The day in UTC of a time (epoch ms), as `YYYY-MM-DD`. Days in any zone are made of parts of these. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether the day of that time is over. */
export function isPastDay(time: number, now: number): boolean {
  return utcDay(time) < utcDay(now);
}

/**
 * The write that takes away what was counted of the day of that time. `mark` is new each time: whoever counts the day
 * meanwhile finds it changed, and does not store what they counted.
 */
export function dayMark(table: string, channelId: string, time: number, mark: string): Write {
  const ttl = Math.ceil((time + KEPT_DAY_MS) / 1000);
  return { Put: { TableName: table, Item: { ch: daysOf(channelId), s: utcDay(time), mark, ttl } } };
}
