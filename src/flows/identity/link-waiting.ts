import { isSame } from '#domain/person-ids';
import { createChats } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import { createLinkId, type LinkId } from './link.ts';

/** Makes the `linkId` of tasks: an id that waited is not linked any more if it has left the chat meanwhile. */
export function createLinkWaiting(deps: StoreDeps): LinkId {
  const { linkId } = createLinkId(deps);
  const chats = createChats(deps);
  return async function linkWaiting(chat, id) {
    const { ids = [] } = (await chats.get(chat.key)) ?? {};
    return ids.some((one) => one.gone && isSame(one, id)) ? 'apart' : linkId(chat, id);
  };
}
