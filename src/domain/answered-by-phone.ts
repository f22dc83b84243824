import { DAY_MS } from './schedule.ts';
import type { CountedWait } from './waits.ts';

/** How a wait ended, and by whom. */
export type Ended = Pick<CountedWait, 'outcome' | 'author'>;

/** So many waits of a channel say how its clients are answered lately: its latest ones. */
export const LATEST_WAITS = 200;

/** What began before says nothing of how clients are answered lately. */
export const LATEST_MS = 7 * DAY_MS;

/** Whether the wait was answered on a phone. Such an answer has no author. */
export function isByPhone({ outcome, author }: Ended): boolean {
  return outcome === 'answered' && author.by === 'phone';
}

/**
 * Whether more than a third of the answers came from phones. Who answers only there gives no sign of life, so a channel of
 * which this is true sets nobody away (T11).
 */
export function isAnsweredByPhone(waits: readonly Ended[]): boolean {
  const answered = waits.filter(({ outcome }) => outcome === 'answered');
  return answered.filter(isByPhone).length * 3 > answered.length;
}
