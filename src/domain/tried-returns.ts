import { isByPhone } from './answered-by-phone.ts';
import { MINUTE_MS } from './schedule.ts';
import { warningMs } from './waiting-setting.ts';
import type { CountedWait } from './waits.ts';

/** A setting of the timer that is tried on waits that have ended. Without a time it does nothing of that kind. */
export interface TriedSetting {
  readonly returnAfterMinutes?: number | undefined;
  readonly returnsAtMost: number;
  readonly tellHeadsAfterMinutes?: number | undefined;
}

/** What a setting would have done: the numbers of waits. */
export interface TriedReturns {
  readonly waits: number;
  readonly wouldWarn: number;
  readonly wouldReturn: number;
  readonly wouldPool: number;
  readonly wouldTell: number;
  readonly answered: number;
  /** How many of the answered waits were ended on a phone. Nobody knows who wrote there. */
  readonly byPhone: number;
}

/** What of a channel a setting does not go well with. `ANSWERED_BY_PHONE`: nobody is set away there, whatever it says (T11). */
export const TRIED_WARNINGS = ['ANSWERED_BY_PHONE'] as const;

/** Nothing was tried yet. */
export const NOTHING_TRIED: TriedReturns = {
  ...{ waits: 0, wouldWarn: 0, wouldReturn: 0, wouldPool: 0, wouldTell: 0 },
  ...{ answered: 0, byPhone: 0 },
};

/**
 * What was tried, and one wait more, which lasted so many working milliseconds. Only a client whom nobody has answered yet
 * is returned (T3). Nobody is taken to answer sooner because the client came to them: so it is the most that could happen.
 */
export function withTried(
  tried: TriedReturns,
  { returnAfterMinutes, returnsAtMost, tellHeadsAfterMinutes }: TriedSetting,
  wait: Pick<CountedWait, 'isFirst' | 'outcome' | 'author'>,
  lastedMs: number,
): TriedReturns {
  const returns = wait.isFirst ? returnAfterMinutes : undefined;
  const due = returns === undefined ? 0 : Math.floor(lastedMs / (returns * MINUTE_MS));
  const isWarned = returns !== undefined && lastedMs >= returns * MINUTE_MS - warningMs(returns);
  const isTold = tellHeadsAfterMinutes !== undefined && lastedMs >= tellHeadsAfterMinutes * MINUTE_MS;
  return {
    waits: tried.waits + 1,
    wouldWarn: tried.wouldWarn + Number(isWarned),
    wouldReturn: tried.wouldReturn + Number(due > 0),
    wouldPool: tried.wouldPool + Number(due > returnsAtMost),
    wouldTell: tried.wouldTell + Number(isTold),
    answered: tried.answered + Number(wait.outcome === 'answered'),
    byPhone: tried.byPhone + Number(isByPhone(wait)),
  };
}
