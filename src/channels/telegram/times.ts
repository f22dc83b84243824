import { wholeOf } from '#channels/fields';

// The last second that a `Date` can be.
const LAST_SECOND = 8.64e12;

const UNITS = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'min' },
] as const;

/** A time as `2026-11-29 09:23 UTC`, with seconds if it has any. Empty if it is none. */
export function moment(unixSeconds: unknown): string {
  const seconds = wholeOf(unixSeconds) ?? 0;
  if (seconds <= 0 || seconds > LAST_SECOND) return '';
  return new Date(seconds * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/(:00)?\.000Z$/, ' UTC');
}

/** A duration in the largest unit that tells it exactly: `7 d`, `90 min`, `5 s`. */
export function duration(seconds: unknown): string {
  const whole = wholeOf(seconds);
  if (whole === undefined || whole <= 0) return '';
  const unit = UNITS.find((one) => whole % one.seconds === 0);
  return unit ? `${whole / unit.seconds} ${unit.name}` : `${whole} s`;
}
