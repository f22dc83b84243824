import { chatOfKey } from '#domain/message';
import { isToAnswer, sightOf } from '#domain/sight';
import { timerOf } from '#domain/timer';
import { createLists } from '#flows/lists';
import { createOptions } from '#store/accounts/account-options';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats, waitIn } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import type { Wake } from './wake.ts';

/**
 * Whether a user is still to be woken for what they were called for. A chat may be answered by then, or may be somebody
 * else's, so that they see it no more (I14). At the begin of a shift somebody has to wait. A call for a counter that grew
 * is not looked at: the page reads the counter.
 */
export type StillCalled = (wake: Wake) => Promise<boolean>;

/** Makes `stillCalled`. */
export function createStillCalled(deps: StoreDeps): StillCalled {
  const chats = createChats(deps);
  const settings = createSettings(deps);
  const options = createOptions(deps);
  const lists = createLists(deps);

  async function isCalledTo(key: string, { account, userId, kind }: Wake): Promise<boolean> {
    const row = await chats.get(key);
    if (row?.chat.openKey === undefined) return false;
    const { settings: ofChannel } = await settings.read(chatOfKey(key).channelId);
    if (sightOf({ account, userId }, row, ofChannel) !== 'writes') return false;
    // A reply that was accepted meanwhile has lifted the mark (T8).
    if (kind === 'leaves' && timerOf(waitIn(row))?.leavesAt === undefined) return false;
    return kind === 'told' || isToAnswer(userId, row.viewers, ofChannel);
  }

  return async function stillCalled(wake) {
    const { account, userId, kind, chat } = wake;
    if (chat !== undefined) return isCalledTo(chat, wake);
    if (kind !== 'shift') return true;
    return (await lists.count(account, userId, await options.optionsOf(account))).count > 0;
  };
}
