import { beginOfTime } from './time-key.ts';

/** A window of places in the unanswered block: behind `from`, up to `to`. */
export interface LookWindow {
  readonly from: string;
  readonly to: string;
}

/** Longer than an index lags, and than a sweep is late. */
const OVERLAP_MS = 600_000;
/** What is due before the next look is found by this one. Looks are a minute apart, more or less. */
const AHEAD_MS = 75_000;

/**
 * The places of clients who have become late since the last look: those who have waited for `dueAfterMs`, or will have
 * before the next look. `lookedAt` is when a look last found all of them (epoch ms); undefined before the first. Who was
 * found by an earlier look is mostly behind the window, so clients whom everybody has forgotten cost nothing more.
 */
export function lookWindow(now: number, dueAfterMs: number, lookedAt: number | undefined): LookWindow {
  const upTo = now - dueAfterMs;
  const from = Math.min(now - OVERLAP_MS, lookedAt ?? now) - dueAfterMs;
  return { from: beginOfTime(from), to: beginOfTime(upTo + AHEAD_MS) };
}

/** Whether the look has to be noted, so that one that comes much later knows where it has to begin. */
export function isToNote(now: number, lookedAt: number | undefined): boolean {
  return lookedAt === undefined || now - lookedAt >= OVERLAP_MS;
}
