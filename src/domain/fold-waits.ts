import type { Chat, ReadOfFacts } from './chat.ts';
import { type Fact, leastKey } from './fact.ts';
import { isAnswer, isOpening, openMessages } from './open-messages.ts';
import { type EndedWait, isEnded, waitsOf } from './waits.ts';

/** What a fold learned of the waits of a chat. `isStale`: one that had ended may have changed, so they have to be counted anew. */
export interface LearnedWaits {
  readonly ended: readonly EndedWait[];
  readonly isStale: boolean;
}

/** What a fold started from, and what it read. `newsFrom` is the least key that was news. */
export interface WaitsFold {
  readonly before: Chat | undefined;
  readonly read: ReadOfFacts;
  readonly newsFrom: string | undefined;
  /** Somebody had answered the client before. */
  readonly hasSpoken: boolean;
}

const NOTHING: LearnedWaits = { ended: [], isStale: false };
const STALE: LearnedWaits = { ended: [], isStale: true };

/**
 * The waits that ended since the fold before, as far as the read shows them. It shows all of a wait that was open then, and
 * of those that began later. Of what had ended it may not show the beginning. So the waits are stale if news lies before an
 * answer that was known: until the first answer after the news, nothing had ended since.
 */
export function learnWaits({ before, read, newsFrom, hasSpoken }: WaitsFold): LearnedWaits {
  // A flood is read so only while no answer is in what was read.
  if (!read.whole) return NOTHING;
  if (!before) return { ended: waitsOf(read.facts, hasSpoken).filter(isEnded), isStale: false };
  const known = knownUpTo(before);
  const mayEnd = read.facts.filter(isEnding);
  const isPast = newsFrom !== undefined && mayEnd.some(({ key }) => key >= newsFrom && key <= known);
  if (isPast && read.facts.some((fact) => fact.key === newsFrom && changesPast(fact, known, read.facts))) return STALE;
  // The chat says that an answer is owed, and not whether its oldest open message has been answered before.
  if (before.stillOwed) return mayEnd.some(({ key }) => key > known) ? STALE : NOTHING;
  const from = isPast ? leastKey(before.openKey) : leastKey(before.openKey, newsFrom);
  const facts = read.facts.filter((fact) => isAnswer(fact) || fact.key >= from || fact.key > known);
  return { ended: waitsOf(facts, hasSpoken).filter(isEnded), isStale: false };
}

/** The newest key that the fold before had seen. */
function knownUpTo({ seen, lastKey, wordKey }: Chat): string {
  return [seen.upTo, lastKey, wordKey].reduce((one, other) => (one > other ? one : other));
}

/** Whether such a fact may end a wait, or has done so before it was refused, withdrawn or found to be ours. */
function isEnding(fact: Fact): boolean {
  if (!isAnswer(fact)) return false;
  return fact.kind === 'reply' ? fact.covers !== undefined : fact.kind !== 'echo' || fact.by !== 'automatic';
}

/**
 * Whether news before a known answer may change what had ended: the fact came late, or does not say any more what it said
 * at first. A reply and the word that no reply is needed have the time of our clock, so they come again, and not late.
 */
function changesPast(fact: Fact, known: string, facts: readonly Fact[]): boolean {
  switch (fact.kind) {
    case 'reply':
      return fact.refused !== undefined || fact.attempt > 1;
    case 'no-reply-needed':
      return fact.withdrawnAt !== undefined;
    case 'echo':
      return fact.key < known || fact.by === 'us';
    case 'client':
      return fact.key < known && !isAllOpenFrom(fact.key, facts);
    case 'still-owed':
      return false;
    default:
      return fact satisfies never;
  }
}

/**
 * Whether nothing that was said from there on was ever closed: then no wait that ended began there. An echo behind it may
 * have come too soon after it.
 */
function isAllOpenFrom(key: string, facts: readonly Fact[]): boolean {
  const open = new Set(openMessages(facts).map((message) => message.key));
  return facts.every((fact) => fact.key < key || (isOpening(fact) ? open.has(fact.key) : fact.kind !== 'echo'));
}
