import { type Chat, COUNTED_MESSAGES, type ReadOfFacts, reopenedFrom } from '#domain/chat';
import { END_OF_KEYS, type Fact, FIRST_KEY, leastKey } from '#domain/fact';
import { opensOrCloses } from '#domain/open-messages';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Reads the facts of a chat from the oldest key that can matter: what is open, what is news, the last message, and what
 * refused or withdrawn answers covered. `before` is the chat as it was saved. Without it only the news counts. Facts before
 * the key `begin` are erased, and so are those of which `isErased` says so.
 */
export type ReadWindow = (
  chatKey: string,
  before: Chat | undefined,
  newsFrom?: string,
  begin?: string,
  isErased?: (key: string) => boolean,
) => Promise<ReadOfFacts>;

/** Makes `readWindow`. */
export function createReadWindow(deps: StoreDeps): ReadWindow {
  const { clock } = deps;
  const stored = createFacts(deps);

  async function readWhole(
    readFrom: (from: string) => Promise<readonly Fact[]>,
    before: Chat | undefined,
    from: string,
    startedAt: number,
    begin: string,
  ): Promise<ReadOfFacts> {
    let low = from;
    for (;;) {
      const facts = low === END_OF_KEYS ? [] : await readFrom(low);
      const wider = reopenedFrom(facts, before);
      if (wider >= low || low <= begin) return { facts, low, startedAt, whole: true };
      low = greatest(wider, begin);
    }
  }

  return async function readWindow(chatKey, before, newsFrom, begin = FIRST_KEY, isErased = isNever) {
    const startedAt = clock.now();
    const readFrom = async (low: string) => (await stored.readFrom(chatKey, low)).filter(({ key }) => !isErased(key));
    // A fold that is making the chat may have read its facts before the edit or deletion that is news here.
    const news = before ? leastKey(newsFrom, before.lastKey) : isBesideFacts(newsFrom) ? FIRST_KEY : leastKey(newsFrom);
    const from = greatest(news, begin);
    if (before && before.unansweredCount >= COUNTED_MESSAGES && newsFrom !== undefined) {
      const facts = await readFrom(from);
      // Answers sort after what they cover, and so does the word that one is owed. Without either in what was read, no
      // message of the flood is closed or opened.
      if (!facts.some(opensOrCloses)) return { facts, low: from, startedAt, whole: false };
    }
    return readWhole(readFrom, before, leastKey(from, before?.openKey), startedAt, begin);
  };
}

/** Whether the news is only of what became of messages (edits and deletions), or of an import. */
export function isBesideFacts(newsFrom: string | undefined): boolean {
  return newsFrom !== undefined && newsFrom > END_OF_KEYS;
}

function isNever(): boolean {
  return false;
}

function greatest(one: string, other: string): string {
  return one < other ? other : one;
}
