import { chatOfKey } from '#domain/message';
import type { Belonging } from '#domain/ownership';
import { NO_SETTINGS } from '#domain/settings';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';

/**
 * The writes, or the check, that give each of the chats to the users and the contact of `next`. Those of one chat belong
 * together.
 */
export type MoveChats = (account: string, keys: readonly string[], next: Belonging) => Promise<Write[][]>;

/** Makes `moveChats`. */
export function createMoveChats(deps: StoreDeps): MoveChats {
  const chats = createChats(deps);
  const settings = createSettings(deps);
  return async function moveChats(account, keys, next) {
    if (keys.length === 0) return [];
    const channelIds = [...new Set(keys.map((key) => chatOfKey(key).channelId))];
    const [rows, ofChannels] = await Promise.all([chats.loadAll(keys), settings.settingsOf(channelIds)]);
    return keys.map((key) => {
      const { userRoles } = ofChannels.get(chatOfKey(key).channelId) ?? NO_SETTINGS;
      const before = rows.get(key);
      const writes = chats.giving(key, before, account, next, { userRoles });
      return before && writes.length === 0 ? [chats.unchanged(before)] : writes;
    });
  };
}
