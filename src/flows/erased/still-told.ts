import type { Bells } from '#bells';
import { END_OF_KEYS, timeOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { News } from '#store/dynamo/stream';
import { createErasedOf } from './erased-of.ts';
import { writeStray } from './stray.ts';

/** The news without what is erased: a messenger may deliver it once more. What came so is rung to be erased again. */
export type StillTold = (news: readonly News[]) => Promise<readonly News[]>;

/** What became of a message may be told before the message. */
const LATER_MS = 61_000;

/**
 * Makes `stillTold`. It reads nothing in an account in which nobody was erased, nor for what was said after the last
 * erasure.
 */
export function createStillTold(
  deps: StoreDeps & { readonly cipher: Cipher; readonly bells: Bells<'erasures'> },
): StillTold {
  const { bells } = deps;
  const channels = createChannels(deps);
  const erasedOf = createErasedOf(deps);

  async function ofChat(chatKey: string, news: readonly News[]): Promise<readonly News[]> {
    const { erasedAt } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const isOlder = ({ key }: News) => key >= END_OF_KEYS || timeOfKey(key) <= (erasedAt ?? 0);
    const erased = erasedAt !== undefined && news.some(isOlder) ? await erasedOf(chatKey) : undefined;
    if (!erased) return news;
    const told = news.filter(({ key }) => !erased.isErased(key));
    if (told.length < news.length) await bells.ring('erasures', writeStray(chatKey));
    if (news.some(({ key }) => key >= END_OF_KEYS)) await bells.ring('erasures', writeStray(chatKey), LATER_MS);
    return told;
  }

  return async function stillTold(news) {
    const byChat = Map.groupBy(news, ({ chatKey }) => chatKey);
    const told = await Promise.all([...byChat].map(([chatKey, ofOne]) => ofChat(chatKey, ofOne)));
    const kept = new Set(told.flat());
    return kept.size === news.length ? news : news.filter((one) => kept.has(one));
  };
}
