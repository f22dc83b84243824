import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { readJsonFile, writeJsonFile } from '#local/json-file';

/**
 * After a week without updates a bot numbers them anew, from a random id (https://core.telegram.org/bots/api#update).
 * An offset that old could confirm updates that were never fetched.
 */
const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

const offsetsSchema = z.record(
  z.string(),
  z.object({ next: z.number(), at: z.number(), countsOn: z.optional(z.literal(true)) }),
);

/** The id of the next update to fetch, for each account at a messenger. */
export interface Offsets {
  /**
   * Undefined if none is known, or if the known one is a day old and may mean another update by now. The messenger then
   * begins with what is not confirmed.
   */
  of(account: string): number | undefined;
  /**
   * Notes that every update before `next` was acknowledged. Resolves when that is on the disk. `countsOn`: the messenger
   * never counts anew, so it is never too old.
   */
  set(account: string, next: number, countsOn?: true): Promise<void>;
}

/**
 * Opens the offsets of the last run. A missing offset does no harm: the messenger keeps what is not confirmed, and an
 * update that is fetched again is recognised (U1). A known offset saves that repetition.
 */
export async function openOffsets(file: string, clock: Clock): Promise<Offsets> {
  const stored = await readJsonFile(file);
  let offsets = stored === undefined ? {} : offsetsSchema.parse(stored);
  let saved: Promise<void> = Promise.resolve();

  const counts = ({ at, countsOn }: (typeof offsets)[string]) => countsOn === true || clock.now() - at < GOOD_FOR_MS;

  return {
    of(account) {
      const known = offsets[account];
      return known && counts(known) ? known.next : undefined;
    },

    set(account, next, countsOn) {
      const kept = Object.entries(offsets).filter(([, known]) => counts(known));
      offsets = { ...Object.fromEntries(kept), [account]: { next, at: clock.now(), ...(countsOn && { countsOn }) } };
      const written = saved.then(() => writeJsonFile(file, offsets));
      saved = written.catch(() => {});
      return written;
    },
  };
}
