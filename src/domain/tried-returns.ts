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

/** What of a channel a setting does not go well with. */
export const TRIED_WARNINGS = ['ANSWERED_BY_PHONE'] as const;

/** What of a channel a setting does not go well with. */
export type TriedWarning = (typeof TRIED_WARNINGS)[number];

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
  { isFirst, outcome, author }: Pick<CountedWait, 'isFirst' | 'outcome' | 'author'>,
  lastedMs: number,
): TriedReturns {
  const returns = isFirst ? returnAfterMinutes : undefined;
  const due = returns === undefined ? 0 : Math.floor(lastedMs / (returns * MINUTE_MS));
  const isWarned = returns !== undefined && lastedMs >= returns * MINUTE_MS - warningMs(returns);
  const isTold = tellHeadsAfterMinutes !== undefined && lastedMs >= tellHeadsAfterMinutes * MINUTE_MS;
  return {
    waits: tried.waits + 1,
    wouldWarn: tried.wouldWarn + Number(isWarned),
    wouldReturn: tried.wouldReturn + Number(due > 0),
    wouldPool: tried.wouldPool + Number(due > returnsAtMost),
    wouldTell: tried.wouldTell + Number(isTold),
    answered: tried.answered + Number(outcome === 'answered'),
    byPhone: tried.byPhone + Number(outcome === 'answered' && author.by === 'phone'),
  };
}

/**
 * Warns if more than a third of the answers come from phones. Who answers only there gives no sign of life, and Konvert would
 * set them away (T11).
 */
export function triedWarnings({ answered, byPhone }: TriedReturns): TriedWarning[] {
  return byPhone * 3 > answered ? ['ANSWERED_BY_PHONE'] : [];
}
