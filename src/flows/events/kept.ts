import * as z from 'zod/mini';
import { type Doubts, NO_DOUBTS } from '#domain/set-aside';
import type { Holding } from '#flows/delivery/holding';

/** What an event lane remembers beside its batch. */
export interface Kept extends Doubts {
  /** The batch was taken, and some of its events may not be marked yet. */
  readonly isTaken: boolean;
  /** The last call of the batch had no answer, so it may still arrive. */
  readonly isUnclear: boolean;
}

const schema = z.object({
  singlyUpTo: z.exactOptional(z.string()),
  suspects: z.exactOptional(z.array(z.string())),
  strikes: z.exactOptional(z.record(z.string(), z.number())),
  aside: z.exactOptional(z.array(z.string())),
  isTaken: z.exactOptional(z.boolean()),
  isUnclear: z.exactOptional(z.boolean()),
});

/** What the lane remembers. */
export function readKept(kept: Readonly<Record<string, unknown>> | undefined): Kept {
  return { ...NO_DOUBTS, isTaken: false, isUnclear: false, ...schema.parse(kept ?? {}) };
}

/** The same as it is stored. Nothing to remember is an empty object. */
export function writeKept({ singlyUpTo, suspects, strikes, aside, isTaken, isUnclear }: Kept): Record<string, unknown> {
  return {
    ...(singlyUpTo !== '' && { singlyUpTo }),
    ...(suspects.length > 0 && { suspects }),
    ...(Object.keys(strikes).length > 0 && { strikes }),
    ...(aside.length > 0 && { aside }),
    ...(isTaken && { isTaken }),
    ...(isUnclear && { isUnclear }),
  };
}

/** Lets the holding remember that, and the batch if there is another one. It is stored with the next write of the lane. */
export function keep(holding: Holding, kept: Kept, memo = holding.state.memo): void {
  holding.state = { ...holding.state, memo, kept: writeKept(kept) };
}
