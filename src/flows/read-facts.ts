import { type Chat, lastSaid, type ReadOfFacts, viewChat } from '#domain/chat';
import { FIRST_KEY } from '#domain/fact';
import { beginOfTime } from '#domain/time-key';
import { createOutcomes } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';
import { createReadWindow, isBesideFacts } from './read-window.ts';

/**
 * Reads the facts of a chat that can matter, and what became of the last message. `before` is the chat as it was saved,
 * `newsFrom` the least key that may be news. What was said before the time `begin` was erased and is not read, nor is
 * that of which `isErased` says so.
 */
export type ReadFacts = (
  chatKey: string,
  before: Chat | undefined,
  newsFrom: string | undefined,
  begin: number | undefined,
  isErased?: (key: string) => boolean,
) => Promise<ReadOfFacts>;

/**
 * Makes `readFacts`. Mostly the news is the last message, so what became of it is asked for at the same time. An edit or
 * deletion that comes in between rings a fold of its own.
 */
export function createReadFacts(deps: StoreDeps): ReadFacts {
  const outcomes = createOutcomes(deps);
  const readWindow = createReadWindow(deps);

  return async function readFacts(chatKey, before, newsFrom, begin, isErased) {
    const isGuess = !isBesideFacts(newsFrom) && newsFrom !== FIRST_KEY;
    const guess = isGuess ? newsFrom : before?.lastKey;
    const outcomeOf = async (key: string | undefined) => key && outcomes.outcomeOf(chatKey, key);
    const from = begin === undefined ? undefined : beginOfTime(begin);
    const window = readWindow(chatKey, before, newsFrom, from, isErased);
    const [facts, guessed] = await Promise.all([window, outcomeOf(guess)]);
    const last = lastSaid(facts.facts)?.key;
    return { ...facts, changed: (last === guess ? guessed : await outcomeOf(last)) || undefined };
  };
}

/**
 * A chat counted from its first fact, by the rule of the fold; undefined if nothing was ever said in it. What was said
 * before the time `begin` was erased and does not count, nor does that of which `isErased` says so.
 */
export type Recount = (
  chatKey: string,
  begin: number | undefined,
  isErased?: (key: string) => boolean,
) => Promise<Chat | undefined>;

/** Makes `recount`, which writes nothing. */
export function createRecount(deps: StoreDeps): Recount {
  const readFacts = createReadFacts(deps);
  return async function recount(chatKey, begin, isErased) {
    const found = await readFacts(chatKey, undefined, FIRST_KEY, begin, isErased);
    return found.facts.length === 0 ? undefined : viewChat(undefined, found);
  };
}
