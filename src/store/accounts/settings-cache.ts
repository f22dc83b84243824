import type { Clock } from '#clock';

/** For how long a function may go by settings that it read. */
const CACHED_MS = 10_000;

/** A loader that remembers for 10 s what it found; what it did not find is asked for again. */
export function cached<T>(clock: Clock, load: (id: string) => Promise<T | undefined>) {
  const known = new Map<string, { value: T; until: number }>();
  return {
    async get(id: string): Promise<T | undefined> {
      const hit = known.get(id);
      if (hit && hit.until > clock.now()) return hit.value;
      // From when it was asked for: the answer may be that old when it comes.
      const until = clock.now() + CACHED_MS;
      const value = await load(id);
      if (value === undefined) known.delete(id);
      else known.set(id, { value, until });
      return value;
    },
    forget: (id: string) => known.delete(id),
  };
}
