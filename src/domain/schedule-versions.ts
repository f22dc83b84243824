import type { Schedule } from './schedule.ts';

/** So many characters of schedules fit beside what is known of a thousand users: an item has 400 KB. */
const MOST_CHARACTERS = 150_000;

/**
 * The schedules without their oldest versions, if all together are too large for one item. The version in force of each
 * stays; undefined if these are too large.
 */
export function fitting(schedules: Readonly<Record<string, Schedule>>): Record<string, Schedule> | undefined {
  const left = new Map(Object.entries(schedules));
  while (JSON.stringify([...left]).length > MOST_CHARACTERS) {
    const oldest = [...left]
      .filter(([, versions]) => versions.length > 1)
      .sort(([, [one]], [, [other]]) => (one?.from ?? 0) - (other?.from ?? 0))[0];
    if (!oldest) return undefined;
    left.set(oldest[0], oldest[1].slice(1));
  }
  return Object.fromEntries(left);
}
