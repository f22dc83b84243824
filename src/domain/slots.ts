import { hash53 } from './hash.ts';

/** How many calls may be under way at once: for one account, and of these for one receiver (a channel). */
export interface SlotLimits {
  readonly perAccount: number;
  readonly perReceiver: number;
}

/** Of fifty calls at once, one silent receiver can hold eight, and all receivers of one account sixteen. */
export const SLOT_LIMITS: SlotLimits = { perAccount: 16, perReceiver: 8 };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 32_000;
const WAITS_ALIKE = 4;

/**
 * The numbers of the account's slots that a receiver may use. They are drawn by its name, so that two receivers have
 * only some in common, and a silent one leaves the others of its account some of their own.
 */
export function slotsOf(receiver: string, { perAccount, perReceiver }: SlotLimits = SLOT_LIMITS): number[] {
  const drawn = Array.from({ length: perAccount }, (_, slot) => ({ slot, place: hash53(receiver, slot) }));
  return drawn
    .sort((one, other) => one.place - other.place)
    .slice(0, perReceiver)
    .map(({ slot }) => slot);
}

/**
 * How long a lane that found no free slot waits, after `waits` such waits in a row. It is a second for the first four,
 * because a receiver that answers is soon free, and doubles with every four, to half a minute. `by` spreads it over up to
 * as much again, so that lanes that came together do not come back together.
 */
export function slotWaitMs(waits: number, by: string): number {
  const least = Math.min(FIRST_WAIT_MS * 2 ** Math.floor(waits / WAITS_ALIKE), LONGEST_WAIT_MS);
  return least + (hash53(by) % least);
}
