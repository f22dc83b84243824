import { hash53 } from './hash.ts';

/** The states of a message that has to leave: it waits, it has failed for good, or it has left. */
export const DELIVERY_STATES = ['pending', 'failed', 'done'] as const;

/** The state of a message that has to leave. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How long a holder has a lane without renewing the lease. A call is aborted well before that. */
export const LEASE_MS = 60_000;
/** How long a run works in a lane before it makes way for others. */
export const RUN_MS = 60_000;
/** How long the renewal right before a call may take. Both together have to end well before the lease. */
export const RENEW_MS = 10_000;
/** A lease of that age is not renewed any more. It ends only much later, by whatever clock. */
export const OLD_MS = LEASE_MS / 2;
/** How long a messenger may take to answer one call. */
export const CALL_MS = 20_000;
/** The same for a call that may upload a file. It begins ten seconds after its lease at the latest. */
export const FILE_CALL_MS = 40_000;
/**
 * How long after a press it is still acknowledged. Telegram refuses it soon after, and the client's app has given up:
 * https://core.telegram.org/bots/api#answercallbackquery
 */
export const PRESS_MS = 15_000;
/** A row that waits this long without success is given up, and stays visible as failed. */
export const GIVE_UP_MS = 24 * 3_600_000;
/** How long a messenger may take to get a file ready, from the first time that it says so. */
export const NOT_READY_MS = 10 * 60_000;
/** How often the lanes of a disabled account look whether it is enabled again. */
export const LOOKS_AGAIN_MS = 5 * 60_000;

/** A call that takes longer is slow, and so is its lane until a call is quick again. */
export const SLOW_MS = 5_000;
/** How long a channel counts as slow after its last slow call. */
export const SLOW_FOR_MS = 3_600_000;

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 15 * 60_000;

/** The time over which the lanes of a channel come back that the messenger asked to wait. */
const COME_BACK_OVER_MS = 1_000;

/**
 * The time at which a lane comes back, if its channel may not call before `until` (epoch ms). `by` spreads the lanes: all
 * of a channel at one moment would wait for its slots, and be looked at together for a page of what waits.
 */
export function comeBackAt(until: number, by: string): number {
  return until + (hash53(by) % COME_BACK_OVER_MS);
}

/** The wait after `attempts` failures in a row: 5 s, doubling to 15 minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** Math.max(0, attempts - 1), LONGEST_BACKOFF_MS);
}
