import { chatOfKey, type PersonId } from '#domain/message';
import { hasOneChat, idsOf } from '#domain/person-ids';
import { createChats, isChat } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';

/** The ids to which a message for the chat may be sent: mostly the chat's own first. Most messengers have no others. */
export type IdsOf = (chatKey: string) => Promise<readonly [PersonId, ...PersonId[]]>;

/** Makes `idsOf`. It reads the chat, if its person may have several ids. */
export function createIdsOf(deps: StoreDeps): IdsOf {
  const chats = createChats(deps);
  return async function idsOfChat(chatKey) {
    const { chatType, chatId } = chatOfKey(chatKey);
    const own = { chatType, chatId };
    if (!hasOneChat(chatType)) return [own];
    const row = await chats.load(chatKey);
    return idsOf(own, (row && isChat(row) && row.ids) || []);
  };
}
