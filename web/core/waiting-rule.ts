import {
  DEFAULT_WAITING,
  LEAST_MINUTES,
  MOST_LAPSES,
  MOST_MINUTES,
  MOST_RETURNS,
} from '../../src/domain/waiting-setting.ts';
import type { Waiting } from '../settings-models/waiting.ts';

/** What the page offers to who switches the timer on. */
export const OFFERED_RULE: Waiting = { ...DEFAULT_WAITING, returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 };

/** The numbers that can be chosen. */
export const BOUNDS = {
  'return-minutes': { least: LEAST_MINUTES, most: MOST_MINUTES },
  'tell-minutes': { least: LEAST_MINUTES, most: MOST_MINUTES },
  times: { least: 1, most: MOST_RETURNS },
  away: { least: 0, most: MOST_LAPSES },
} as const;

/** A number of a rule. */
export type RuleNumber = keyof typeof BOUNDS;

/** What does not work as it is chosen: a number, or a rule that does nothing. */
export type RuleFault = RuleNumber | 'nothing';

/** What is wrong with a rule, the first of it. Undefined if nothing is. */
export function ruleFault(rule: Waiting): RuleFault | undefined {
  const { returnAfterMinutes, tellHeadsAfterMinutes, returnsAtMost, awayAfterReturns } = rule;
  if (returnAfterMinutes === null && tellHeadsAfterMinutes === null) return 'nothing';
  const chosen: readonly (readonly [RuleNumber, number | null])[] = [
    ['return-minutes', returnAfterMinutes],
    ...(returnAfterMinutes === null ? [] : [['times', returnsAtMost] as const, ['away', awayAfterReturns] as const]),
    ['tell-minutes', tellHeadsAfterMinutes],
  ];
  return chosen.find(([of, number]) => number !== null && !isOffered(of, number))?.[0];
}

/** One thing that a rule does, in the order in which they happen. */
export type Clause =
  | { readonly does: 'return'; readonly minutes: number; readonly times: number; readonly then: Waiting['then'] }
  | { readonly does: 'tell'; readonly minutes: number }
  | { readonly does: 'away'; readonly times: number }
  | { readonly does: 'hold' };

/** What a rule does. The words of it are one sentence. */
export function clausesOf(rule: Waiting): readonly Clause[] {
  const { returnAfterMinutes, tellHeadsAfterMinutes, returnsAtMost, then, awayAfterReturns, outsideHours } = rule;
  return [
    ...(returnAfterMinutes === null
      ? []
      : [{ does: 'return', minutes: returnAfterMinutes, times: returnsAtMost, then } as const]),
    ...(tellHeadsAfterMinutes === null ? [] : [{ does: 'tell', minutes: tellHeadsAfterMinutes } as const]),
    ...(returnAfterMinutes === null || awayAfterReturns === 0
      ? []
      : [{ does: 'away', times: awayAfterReturns } as const]),
    ...(outsideHours === 'hold' ? [{ does: 'hold' } as const] : []),
  ];
}

/** Whether two rules are the same, or both are none. */
export function isSameRule(one: Waiting | undefined, other: Waiting | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (Object.keys(one) as (keyof Waiting)[]).every((name) => one[name] === other[name]);
}

function isOffered(of: RuleNumber, number: number): boolean {
  const { least, most } = BOUNDS[of];
  return Number.isInteger(number) && number >= least && number <= most;
}
