import { type Hours, MINUTE_MS } from './schedule.ts';
import { openingLengths } from './week-openings.ts';

/** What becomes of a client whom nobody is left to get (T6): they go into the pool, or stay where they are. */
export const THEN = ['pool', 'keep'] as const;

/** What happens to new clients while the channel is closed (T9): they are given out, or held until it opens. */
export const OUTSIDE_HOURS = ['give', 'hold'] as const;

/**
 * What a channel does about clients who wait. Minutes are working minutes of the channel's schedule; null: never. Without
 * such a setting no timer runs.
 */
export interface WaitingSetting {
  /** After so many minutes a client who may be returned leaves their responsible user (T3). */
  readonly returnAfterMinutes: number | null;
  /** So often at most in one wait (T6). */
  readonly returnsAtMost: number;
  readonly then: (typeof THEN)[number];
  /** After so many minutes of a wait the heads are told (T7). */
  readonly tellHeadsAfterMinutes: number | null;
  /** After so many returns in a row without a sign of life the user is set away (T11); 0: never. */
  readonly awayAfterReturns: number;
  readonly outsideHours: (typeof OUTSIDE_HOURS)[number];
}

/** What holds where nothing else was chosen. */
export const DEFAULT_WAITING = {
  returnsAtMost: 3,
  then: 'pool',
  awayAfterReturns: 2,
  outsideHours: 'give',
} as const satisfies Partial<WaitingSetting>;

/** The bounds of the minutes. */
export const LEAST_MINUTES = 2;
export const MOST_MINUTES = 1_440;
/** A client is in so many hands at most, and an address remembers all of them. */
export const MOST_RETURNS = 20;
export const MOST_LAPSES = 100;

/** The setting as it is in force. */
export interface WaitingInForce extends WaitingSetting {
  /** Since when clients are returned after that time (epoch ms). A wait that is older is told, never returned (T13). */
  readonly from: number;
}

/** The responsible user is warned so long before (T8). */
const WARNING_MS = 60_000;
/**
 * The least time from a warning to the return; the usual one if clients are returned within three minutes. A reply that was
 * let in before the warning is stored by then.
 */
export const LEAST_WARNING_MS = 30_000;
const SHORT_MINUTES = 3;

/** The setting after `wanted` was chosen at `now`: undefined leaves it as it is, null is none. */
export function waitingAfter(
  before: WaitingInForce | undefined,
  wanted: WaitingSetting | null | undefined,
  now: number,
): WaitingInForce | undefined {
  if (wanted === undefined) return before;
  if (wanted === null) return undefined;
  const isSame = before?.returnAfterMinutes === wanted.returnAfterMinutes;
  return { ...wanted, from: isSame ? before.from : now };
}

/** What of a setting is hardly meant so. It is saved all the same. */
export const WAITING_WARNINGS = ['TOLD_BEFORE_RETURN', 'LONGER_THAN_OPEN'] as const;

/** What of a setting is hardly meant so. */
export type WaitingWarning = (typeof WAITING_WARNINGS)[number];

/**
 * What of the setting is hardly meant so: the heads are told before a client is returned; or a client who writes when the
 * channel opens is not returned before it closes. Without a week of hours it is always open.
 */
export function warningsOf(
  { returnAfterMinutes, tellHeadsAfterMinutes }: WaitingSetting,
  week: Hours['week'] | undefined,
): WaitingWarning[] {
  if (returnAfterMinutes === null) return [];
  const isToldFirst = tellHeadsAfterMinutes !== null && tellHeadsAfterMinutes < returnAfterMinutes;
  const isLonger = openingLengths(week ?? {}).some((length) => length < returnAfterMinutes * MINUTE_MS);
  return [...(isToldFirst ? ['TOLD_BEFORE_RETURN' as const] : []), ...(isLonger ? ['LONGER_THAN_OPEN' as const] : [])];
}

/** How long before a return the responsible user is warned (T8). */
export function warningMs(returnAfterMinutes: number): number {
  return returnAfterMinutes < SHORT_MINUTES ? LEAST_WARNING_MS : WARNING_MS;
}

/** The least minutes of a wait after which anything is due. Undefined if nothing ever is. */
export function dueAfterMinutes({ returnAfterMinutes, tellHeadsAfterMinutes }: WaitingSetting): number | undefined {
  const warned = returnAfterMinutes === null ? [] : [returnAfterMinutes - warningMs(returnAfterMinutes) / MINUTE_MS];
  const told = tellHeadsAfterMinutes === null ? [] : [tellHeadsAfterMinutes];
  const all = [...warned, ...told];
  return all.length === 0 ? undefined : Math.min(...all);
}
