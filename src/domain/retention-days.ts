/** The most days after which an account may have messages forgotten. */
export const MOST_DAYS = 36_500;

const DAY_MS = 86_400_000;

/** What was stored before that time (epoch ms) is older than so many days. */
export function oldBefore(days: number, now: number): number {
  return now - days * DAY_MS;
}
