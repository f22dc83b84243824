const LATE_MS = 5 * 60_000;
const LONG_MS = 15 * 60_000;

/** How much it hurts that somebody waits: amber from five minutes, red from fifteen. */
export type Urgency = 'fresh' | 'late' | 'long';

/** How urgent a wait of that length is. */
export function urgencyOf(ms: number): Urgency {
  if (ms >= LONG_MS) return 'long';
  return ms >= LATE_MS ? 'late' : 'fresh';
}
