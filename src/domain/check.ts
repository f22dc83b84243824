import { hash53 } from './hash.ts';

/**
 * What a check can find: a chat without its row, a row without a chat, a state that does not follow from the facts, a
 * client who was never reported as new, a wrong place in a list, wrong users, a wrong row of a further user, an address
 * that does not know its chat or belongs to somebody else's contact, no way from message ids, a wrong rotation, waits that
 * do not follow from the facts, and what cannot be read.
 */
export const FAULT_KINDS = [
  'no-row',
  'no-facts',
  'state',
  'unreported',
  'place',
  'users',
  'further-users',
  'address',
  'contact',
  'message-ids',
  'rotation',
  'waits',
  'unreadable',
] as const;

/** What a check can find. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often each kind was met. A kind that was not is left out. */
export type Tally = { readonly [Kind in FaultKind]?: number };

/** `daily` recounts what is open, what has changed, and some of the rest; `whole` recounts everything. */
export const CHECK_MODES = ['daily', 'whole'] as const;

/** How much a check looks at. */
export type CheckMode = (typeof CHECK_MODES)[number];

/** The parts of a check, in the order in which they are done. */
export const CHECK_PHASES = {
  daily: ['chats', 'addresses', 'rotations'],
  whole: ['facts', 'chats', 'addresses', 'rotations'],
} as const;

/** A part of a check. */
export type CheckPhase = (typeof CHECK_PHASES)[CheckMode][number];

/** What a check has come to so far. */
export interface CheckCounts {
  /** The chats that were looked at. */
  readonly chats: number;
  readonly found: Tally;
  /** How many of those are right by now. */
  readonly mended: Tally;
}

/** Nothing so far. */
export const NOTHING_CHECKED: CheckCounts = { chats: 0, found: {}, mended: {} };

/** Both counts together. */
export function countedTogether(one: CheckCounts, other: CheckCounts): CheckCounts {
  return {
    chats: one.chats + other.chats,
    found: tallied(one.found, other.found),
    mended: tallied(one.mended, other.mended),
  };
}

/** All faults of a tally. */
export function sumOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0);
}

/** The tally of some faults. */
export function tallyOf(kinds: Iterable<FaultKind>): Tally {
  let tally: Tally = {};
  for (const kind of kinds) tally = tallied(tally, { [kind]: 1 });
  return tally;
}

function tallied(one: Tally, other: Tally): Tally {
  const kinds = FAULT_KINDS.filter((kind) => (one[kind] ?? 0) + (other[kind] ?? 0) > 0);
  return Object.fromEntries(kinds.map((kind) => [kind, (one[kind] ?? 0) + (other[kind] ?? 0)]));
}

/** A daily check recounts each quiet chat once in so many days. */
const DAYS_OF_ROUND = 28;

const DAY_MS = 24 * 3_600_000;

/** Whether a daily check recounts the chat or address of that key on the day of `now` (epoch ms). */
export function isItsDay(key: string, now: number): boolean {
  return hash53(key) % DAYS_OF_ROUND === Math.floor(now / DAY_MS) % DAYS_OF_ROUND;
}
