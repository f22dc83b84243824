import type { Chat } from '../../models.ts';

const LATE_MS = 5 * 60_000;
const LONG_MS = 15 * 60_000;

/** How much it hurts that somebody waits: amber from five minutes, red from fifteen. */
export type Urgency = 'fresh' | 'late' | 'long';

/** How urgent a wait of that length is. */
export function urgencyOf(ms: number): Urgency {
  if (ms >= LONG_MS) return 'long';
  return ms >= LATE_MS ? 'late' : 'fresh';
}

/**
 * Whether it is said that somebody waits too long: the heads were told, or the timer of the channel is at it and it hurts. The
 * timer alone tells too little: of a client who was given back it has begun long before.
 */
export function isTooLong(
  { late, told, unansweredSince }: Pick<Chat, 'late' | 'told' | 'unansweredSince'>,
  now: number,
): boolean {
  if (!late) return false;
  return told !== undefined || urgencyOf(now - Date.parse(unansweredSince ?? '')) !== 'fresh';
}
