import * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import type { Clock } from '#clock';

/**
 * A bot that says nothing for a week counts its updates anew, at random (https://core.telegram.org/bots/api#update): an
 * offset that old could confirm what nobody has fetched.
 */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

const offsetsSchema = z.record(z.string(), z.object({ next: z.number(), at: z.number() }));

/** From which update on each account at a messenger is fetched. */
export interface Offsets {
  /** Undefined where none is known, or none that still counts: then the messenger begins with what is unconfirmed. */
  of(account: string): number | undefined;
  /** Everything before that update was acknowledged. Resolves when it is on the disk. */
  set(account: string, next: number): Promise<void>;
}

/**
 * Opens the offsets of the last run. What is missing in the file does no harm: the messenger keeps what is not
 * confirmed, and what is fetched again is recognised (U1). What is in it spares a start that repetition.
 */
export async function openOffsets(file: string, clock: Clock): Promise<Offsets> {
  const stored = await readJsonFile(file);
  let offsets = stored === undefined ? {} : offsetsSchema.parse(stored);
  let saved: Promise<void> = Promise.resolve();

  const counts = ({ at }: { readonly at: number }) => clock.now() - at < GOOD_FOR_MS;

  return {
    of(account) {
      const known = offsets[account];
      return known && counts(known) ? known.next : undefined;
    },

    set(account, next) {
      const kept = Object.entries(offsets).filter(([, known]) => counts(known));
      offsets = { ...Object.fromEntries(kept), [account]: { next, at: clock.now() } };
      const written = saved.then(() => writeJsonFile(file, offsets));
      saved = written.catch(() => {});
      return written;
    },
  };
}
