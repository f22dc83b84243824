import { isObject } from '#channels/fields';

/** The last second that a `Date` can be. */
const LAST_SECOND = 8.64e12;

/** Half of a 64-bit number as the protocol's library writes it. */
const HALF = 2 ** 32;

/**
 * A whole number of the protocol. 64-bit ones come as a number, as text or as their two halves. Undefined if it is none,
 * or if JavaScript cannot hold it.
 */
export function wholeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (isObject(value)) {
    const { low, high } = value;
    if (!Number.isInteger(low) || !Number.isInteger(high)) return undefined;
    return safe((high as number) * HALF + ((low as number) >>> 0));
  }
  return safe(value);
}

function safe(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** The epoch milliseconds of unix seconds. Undefined if they are none. */
export function timeOf(seconds: unknown): number | undefined {
  const whole = wholeOf(seconds);
  return whole !== undefined && whole > 0 && whole <= LAST_SECOND ? whole * 1000 : undefined;
}

/** The epoch milliseconds of a time of the protocol that has milliseconds already. */
export function msOf(milliseconds: unknown): number | undefined {
  const whole = wholeOf(milliseconds);
  return whole !== undefined && whole > 0 && whole <= LAST_SECOND * 1000 ? whole : undefined;
}

/**
 * The time of a webhook. The bridge writes the time of its own clock and calls it UTC, so a bridge that runs in another
 * zone is hours off: it orders what one bridge reports, and nothing else.
 */
export function dateTimeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : Number.NaN;
  return time > 0 ? time : undefined;
}
