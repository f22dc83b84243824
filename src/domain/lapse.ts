/** How many clients were returned from a user in a row, and when the last one was (epoch ms). */
export type Lapse = readonly [count: number, at: number];

/** A sign of life is noted once in this time, so a later one may be missing that long. */
export const SIGN_MS = 600_000;

/**
 * The user's lapses with one more at `now` (T11). Those before an answer of theirs count no more; `seenAt` is when they last
 * answered anybody, as far as it was noted. Somebody who may have answered is taken to have done so.
 */
export function lapsed(before: Lapse | undefined, seenAt: number | undefined, now: number): Lapse {
  const [count, at] = before ?? [0, now];
  const answered = seenAt !== undefined && seenAt + SIGN_MS > at;
  return [answered ? 1 : count + 1, now];
}

/** Whether so many lapses in a row say that the user is not there. 0: nothing says so. */
export function isAwayBy([count]: Lapse, awayAfterReturns: number): boolean {
  return awayAfterReturns > 0 && count >= awayAfterReturns;
}
