import { eachAtOnce } from '#at-once';
import { type CheckCounts, countedTogether, NOTHING_CHECKED, tallyOf } from '#domain/check';
import { END_OF_KEYS } from '#domain/fact';
import type { RecountWaits } from '#flows/statistics/recount-waits';

const CHATS_AT_ONCE = 16;

/**
 * Counts the waits of the chats anew (I13), each from the fact of that key on, some at once. Those that were wrong are right
 * then. One that cannot be counted holds up no other; the proof of the chat itself says that it cannot be read.
 */
export async function recountAll(
  all: readonly { readonly chatKey: string; readonly key: string }[],
  recountWaits: RecountWaits,
  failed: (chatKey: string, error: unknown) => Promise<void>,
): Promise<CheckCounts> {
  let counts = NOTHING_CHECKED;
  const ofFacts = all.filter(({ key }) => key < END_OF_KEYS);
  await eachAtOnce(ofFacts, CHATS_AT_ONCE, async ({ chatKey, key }) => {
    try {
      const { put, removed } = await recountWaits(chatKey, key);
      if (put + removed === 0) return;
      counts = countedTogether(counts, { chats: 0, found: tallyOf(['waits']), mended: tallyOf(['waits']) });
    } catch (error) {
      await failed(chatKey, error);
    }
  });
  return counts;
}
