import { wholeOf } from '#channels/fields';

// The last second that a `Date` can be.
const LAST_SECOND = 8.64e12;

/** A time of VK's in milliseconds. Undefined if it is none. */
export function timeOf(unixSeconds: unknown): number | undefined {
  const seconds = wholeOf(unixSeconds) ?? 0;
  return seconds > 0 && seconds <= LAST_SECOND ? seconds * 1000 : undefined;
}
