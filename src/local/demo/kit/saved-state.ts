import type * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';

/** A state that is kept in a file. Change the state, then save it. */
export interface SavedState<T> {
  readonly state: T;
  /** Writes the state as it is when its turn comes. Resolves when it is on the disk. */
  save(): Promise<void>;
}

/** Opens the state that the last run left in the file, or the first one. */
export async function openSavedState<S extends z.ZodMiniType>(
  file: string,
  schema: S,
  first: z.infer<S>,
): Promise<SavedState<z.infer<S>>> {
  const stored = await readJsonFile(file);
  const state = stored === undefined ? first : schema.parse(stored);
  let saved: Promise<void> = Promise.resolve();
  return {
    state,
    save() {
      const next = saved.then(() => writeJsonFile(file, state));
      saved = next.catch(() => {});
      return next;
    },
  };
}
