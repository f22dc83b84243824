import { chatOfKey } from '#domain/message';
import { createErasedOf } from '#flows/erased/erased-of';
import { createChannels } from '#store/accounts/channels';
import { createEraseChat, STRAY_MS } from './erase-chat.ts';
import type { ErasingDeps } from './erasing-deps.ts';
import { createFollowErased } from './follow-erased.ts';

/**
 * Erases what came into the chat of an erased person once more. Answers with when it goes on (in milliseconds from now), or
 * undefined if nothing is left.
 */
export type EraseStray = (chat: string, until: number) => Promise<number | undefined>;

/** Makes `eraseStray`. */
export function createEraseStray(deps: ErasingDeps): EraseStray {
  const { clock } = deps;
  const channels = createChannels(deps);
  const erasedOf = createErasedOf(deps);
  const eraseChat = createEraseChat(deps);
  const followErased = createFollowErased(deps);

  return async function eraseStray(chat, until) {
    const { account } = await channels.getKnown(chatOfKey(chat).channelId);
    const mark = await erasedOf(chat);
    if (!mark) return undefined;
    const strayBefore = clock.now() - STRAY_MS;
    const { kept, left } = await eraseChat({ chat, isErased: mark.isErased, strayBefore }, until);
    if (left) return 0;
    await followErased({ account, chat, since: mark.since, kept });
    return undefined;
  };
}
