import * as z from 'zod/mini';
import { type Doubts, NO_DOUBTS } from '#domain/set-aside';
import type { Holding } from '#flows/delivery/holding';

/** What an event lane remembers beside its batch. */
export interface Kept extends Doubts {
  /** When the batch was taken (epoch ms), if some of its events may not be marked yet. Else 0. */
  readonly takenAt: number;
  /** The last call of the batch had no answer, so it may still arrive. */
  readonly isUnclear: boolean;
}

const schema = z.object({
  singlyUpTo: z.exactOptional(z.string()),
  suspects: z.exactOptional(z.array(z.string())),
  strikes: z.exactOptional(z.record(z.string(), z.number())),
  aside: z.exactOptional(z.array(z.string())),
  takenAt: z.exactOptional(z.number()),
  isUnclear: z.exactOptional(z.boolean()),
});

/** What the lane remembers. */
export function readKept(kept: Readonly<Record<string, unknown>> | undefined): Kept {
  return { ...NO_DOUBTS, takenAt: 0, isUnclear: false, ...schema.parse(kept ?? {}) };
}

/** The same as it is stored. Nothing to remember is an empty object. */
export function writeKept({ singlyUpTo, suspects, strikes, aside, takenAt, isUnclear }: Kept): Record<string, unknown> {
  return {
    ...(singlyUpTo !== '' && { singlyUpTo }),
    ...(suspects.length > 0 && { suspects }),
    ...(Object.keys(strikes).length > 0 && { strikes }),
    ...(aside.length > 0 && { aside }),
    ...(takenAt > 0 && { takenAt }),
    ...(isUnclear && { isUnclear }),
  };
}

/** Notes what the lane has to remember, and the batch if it is another one. The next write of the lane stores both. */
export function keep(holding: Holding, kept: Kept, memo = holding.state.memo): void {
  holding.state = { ...holding.state, memo, kept: writeKept(kept) };
}
