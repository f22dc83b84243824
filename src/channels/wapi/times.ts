// The last second that a `Date` can be.
const LAST_SECOND = 8.64e12;

/** The epoch milliseconds of unix seconds, which Meta writes as text or as a number. Undefined if they are none. */
export function timeOf(seconds: unknown): number | undefined {
  const isWritten = typeof seconds === 'string' && /^\d{1,13}$/.test(seconds);
  const whole = isWritten ? Number(seconds) : seconds;
  const isTime = Number.isSafeInteger(whole) && (whole as number) > 0 && (whole as number) <= LAST_SECOND;
  return isTime ? (whole as number) * 1000 : undefined;
}
