import { addressOfChat } from '#domain/address';
import { FIRST_KEY } from '#domain/fact';
import type { FoldChat } from '#flows/fold';
import { createChats, isChat } from '#store/chats/chats';
import { createEraseRows } from '#store/chats/erase-rows';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';

/** A chat of which something was erased: what was said before `since` (epoch ms), so that `kept` facts are left. */
export interface ChatLeft {
  readonly account: string;
  readonly chat: string;
  readonly since: number;
  readonly kept: number;
}

/**
 * Lets the row of a chat follow what is left of it. One of a time before the erasure goes, and so does one that its person
 * does not know; it is then made anew. Without facts there is no chat.
 */
export type FollowErased = (left: ChatLeft) => Promise<void>;

/** Makes `followErased`. */
export function createFollowErased(deps: StoreDeps & { readonly foldChat: FoldChat }): FollowErased {
  const { foldChat } = deps;
  const chats = createChats(deps);
  const rows = createEraseRows(deps);
  const addresses = createAddresses(deps);

  return async function followErased({ account, chat, since, kept }) {
    const row = await chats.load(chat);
    if (!row && kept === 0) return;
    const isNew = row !== undefined && isChat(row) && row.begin === since;
    const isKnown = async () => (await addresses.get(addressOfChat(account, chat))).chats.includes(chat);
    if (row && !(kept > 0 && isNew && (await isKnown()))) await rows.remove(chat);
    // Whatever came meanwhile is counted, too. A fold under way may have counted what is gone.
    await foldChat(chat, FIRST_KEY);
  };
}
