import type { Hours } from '../../src/domain/schedule.ts';
import type { Waiting } from '../settings-models/waiting.ts';
import { shortestMinutes } from './week.ts';

/** What the page offers to who switches the timer on. */
export const OFFERED_RULE: Waiting = {
  returnAfterMinutes: 15,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: 30,
  awayAfterReturns: 2,
  outsideHours: 'give',
};

const FEWEST_MINUTES = 2;
const MOST_MINUTES = 1440;
/** As many users as a client may be passed to in one wait, and returns before somebody is set away. */
export const MOST_RETURNS = 20;

/** What does not work as it is chosen: no minutes, or a rule that does nothing. */
export type RuleFault = 'return-minutes' | 'tell-minutes' | 'times' | 'away' | 'nothing';

/** What works, and is hardly meant so. */
export type RuleDoubt = 'told-before-returned' | 'longer-than-hours';

/** Whether so many minutes can be chosen. */
export function areMinutes(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= FEWEST_MINUTES && minutes <= MOST_MINUTES;
}

/** What is wrong with a rule, the first of it. Undefined if nothing is. */
export function ruleFault(rule: Waiting): RuleFault | undefined {
  const { returnAfterMinutes, tellHeadsAfterMinutes, returnsAtMost, awayAfterReturns } = rule;
  if (returnAfterMinutes === null && tellHeadsAfterMinutes === null) return 'nothing';
  if (returnAfterMinutes !== null && !areMinutes(returnAfterMinutes)) return 'return-minutes';
  if (returnAfterMinutes !== null && !isCount(returnsAtMost, 1)) return 'times';
  if (tellHeadsAfterMinutes !== null && !areMinutes(tellHeadsAfterMinutes)) return 'tell-minutes';
  return returnAfterMinutes !== null && !isCount(awayAfterReturns, 0) ? 'away' : undefined;
}

/** What of a rule is hardly meant so, with the hours in which it holds. */
export function ruleDoubts({ returnAfterMinutes, tellHeadsAfterMinutes }: Waiting, hours?: Hours): RuleDoubt[] {
  const after = returnAfterMinutes ?? 0;
  const isToldFirst = returnAfterMinutes !== null && tellHeadsAfterMinutes !== null && tellHeadsAfterMinutes < after;
  const shortest = hours && shortestMinutes(hours.week);
  const isLonger = shortest !== undefined && after > shortest;
  return [
    ...(isToldFirst ? ['told-before-returned' as const] : []),
    ...(isLonger ? ['longer-than-hours' as const] : []),
  ];
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

function isCount(count: number, least: number): boolean {
  return Number.isInteger(count) && count >= least && count <= MOST_RETURNS;
}
