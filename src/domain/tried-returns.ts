/** A setting of the timer that is tried on waits that have ended. Without a time it does nothing of that kind. */
export interface TriedSetting {
  readonly returnAfterMs?: number;
  readonly returnsAtMost: number;
  readonly tellAfterMs?: number;
}

/** What a setting would have done: the numbers of waits. */
export interface TriedReturns {
  readonly waits: number;
  readonly wouldWarn: number;
  readonly wouldReturn: number;
  readonly wouldPool: number;
  readonly wouldTell: number;
}

/** Nothing was tried yet. */
export const NOTHING_TRIED: TriedReturns = { waits: 0, wouldWarn: 0, wouldReturn: 0, wouldPool: 0, wouldTell: 0 };

const MINUTE_MS = 60_000;
/** So long before a return its user is warned (T8). */
const WARNED_MS = 60_000;
const SHORT_MS = 3 * MINUTE_MS;
const WARNED_SHORT_MS = 20_000;

/**
 * What was tried, and one wait more, which lasted so many working milliseconds. Only a client whom nobody has answered yet
 * is returned (T3). Nobody is taken to answer sooner because the client came to them: so it is the most that could happen.
 */
export function withTried(
  tried: TriedReturns,
  { returnAfterMs, returnsAtMost, tellAfterMs }: TriedSetting,
  isFirst: boolean,
  lastedMs: number,
): TriedReturns {
  const due = isFirst && returnAfterMs !== undefined ? Math.floor(lastedMs / returnAfterMs) : 0;
  const isWarned = isFirst && returnAfterMs !== undefined && lastedMs >= returnAfterMs - leadOf(returnAfterMs);
  return {
    waits: tried.waits + 1,
    wouldWarn: tried.wouldWarn + Number(isWarned),
    wouldReturn: tried.wouldReturn + Number(due > 0),
    wouldPool: tried.wouldPool + Number(due > returnsAtMost),
    wouldTell: tried.wouldTell + Number(tellAfterMs !== undefined && lastedMs >= tellAfterMs),
  };
}

function leadOf(returnAfterMs: number): number {
  return returnAfterMs < SHORT_MS ? WARNED_SHORT_MS : WARNED_MS;
}
