import type { Chat, ReadOfFacts } from './chat.ts';
import { type Fact, leastKey, timeOfKey } from './fact.ts';
import { isAnswer } from './open-messages.ts';
import { type EndedWait, isEnded, waitsOf } from './waits.ts';

/** What a fold learned of the waits of a chat. `isStale`: the past may have changed, so all of them have to be counted anew. */
export interface LearnedWaits {
  readonly ended: readonly EndedWait[];
  readonly isStale: boolean;
}

/** What a fold started from, what it read, and what it made of that. `newsFrom` is the least key that was news. */
export interface FoldedChat {
  readonly before: Chat | undefined;
  readonly chat: Chat;
  readonly read: ReadOfFacts;
  readonly newsFrom: string | undefined;
  /** Somebody had answered the client before. */
  readonly hasSpoken: boolean;
}

/** A fact that is stored so long after its own time was delivered late. */
const LATE_MS = 10_000;

const NOTHING: LearnedWaits = { ended: [], isStale: false };

/**
 * The waits that ended since the fold before, as far as the read shows them. It shows all of a wait that was open then, and
 * of those that began later. Of what had ended it may not show the beginning. So the waits are stale if news lies before an
 * answer that was known, and changes something: until the first answer after the news, nothing had ended since.
 */
export function learnWaits({ before, chat, read, newsFrom, hasSpoken }: FoldedChat): LearnedWaits {
  if (!read.whole) return NOTHING;
  if (!before) return { ended: waitsOf(read.facts, hasSpoken).filter(isEnded), isStale: false };
  const known = knownUpTo(before);
  const mayEnd = read.facts.filter(isEnding);
  // The chat says that an answer is owed, and not whether its oldest open message has been answered before.
  if (before.stillOwed) return { ended: [], isStale: mayEnd.some(({ key }) => key > known) };
  const isPast = newsFrom !== undefined && mayEnd.some(({ key }) => key >= newsFrom && key <= known);
  if (isPast && (isChanged(before, chat) || read.facts.some((fact) => fact.key === newsFrom && isOdd(fact)))) {
    return { ended: [], isStale: true };
  }
  const from = isPast ? leastKey(before.openKey) : leastKey(before.openKey, newsFrom);
  const facts = read.facts.filter((fact) => isAnswer(fact) || fact.key >= from || fact.key > known);
  return { ended: waitsOf(facts, hasSpoken).filter(isEnded), isStale: false };
}

/** The newest key that the fold before had seen. */
function knownUpTo({ seen, lastKey, wordKey }: Chat): string {
  return [seen.upTo, lastKey, wordKey].reduce((one, other) => (one > other ? one : other));
}

function isChanged(before: Chat, chat: Chat): boolean {
  return before.openKey !== chat.openKey || before.unansweredCount !== chat.unansweredCount;
}

/** Whether such a fact may end a wait, or has done so before it was refused, withdrawn or found to be ours. */
function isEnding(fact: Fact): boolean {
  if (!isAnswer(fact)) return false;
  return fact.kind === 'reply' ? fact.covers !== undefined : fact.kind !== 'echo' || fact.by !== 'automatic';
}

/** Whether the fact came late, or does not say any more what it said at first. */
function isOdd(fact: Fact): boolean {
  if (fact.storedAt - timeOfKey(fact.key) > LATE_MS) return true;
  if (fact.kind === 'reply') return fact.refused !== undefined || fact.attempt > 1;
  if (fact.kind === 'echo') return fact.by === 'us';
  return fact.kind === 'no-reply-needed' && fact.withdrawnAt !== undefined;
}
