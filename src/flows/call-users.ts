import type { Bells } from '#bells';
import { calledUsers, isCall } from '#domain/notice';
import { createOptions } from '#store/accounts/account-options';
import { createSettings } from '#store/accounts/channel-settings';
import type { ChatChange } from '#store/chats/chat-changes';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import { createWakes } from '#store/pages/wakes';
import { writeWake } from './wake.ts';

/** Plans the waking of everybody who is called by a change of a chat and has a browser that can be woken (N1, N2). */
export type CallUsers = (changes: readonly ChatChange[]) => Promise<void>;

/** Makes `callUsers`. An account in which nobody can be woken costs a query in ten seconds, and nothing else. */
export function createCallUsers(deps: StoreDeps & { readonly bells: Bells<'pushes'> }): CallUsers {
  const { bells } = deps;
  const subscriptions = createPushSubscriptions(deps);
  const settings = createSettings(deps);
  const options = createOptions(deps);
  const wakes = createWakes(deps);

  return async function callUsers(changes) {
    const calling = changes.filter(({ before, after }) => isCall(before?.chat, after.chat)).map(({ after }) => after);
    for (const [account, chats] of Map.groupBy(calling, (chat) => chat.account)) {
      const subscribers = await subscriptions.subscribersOf(account);
      if (subscribers.size === 0) continue;
      const [ofChannels, ofAccount] = await Promise.all([
        settings.settingsOf([...new Set(chats.map(({ channelId }) => channelId))]),
        options.optionsOf(account),
      ]);
      const called = chats.flatMap((chat) => {
        const ofChannel = ofChannels.get(chat.channelId);
        return ofChannel ? calledUsers(chat, ofChannel, ofAccount) : [];
      });
      for (const userId of new Set(called.filter((one) => subscribers.has(one)))) {
        const afterMs = await wakes.plan({ account, userId });
        if (afterMs !== undefined)
          await bells.ring('pushes', writeWake({ account, userId, tries: 0 }), afterMs || undefined);
      }
    }
  };
}
