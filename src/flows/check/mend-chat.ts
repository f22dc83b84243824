import { addressOfChat } from '#domain/address';
import type { FaultKind } from '#domain/check';
import { FIRST_KEY } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { drawsTurns } from '#domain/new-clients';
import type { FoldChat } from '#flows/fold';
import { createCommit } from '#flows/sight/commit';
import { createSettings } from '#store/accounts/channel-settings';
import { createChatItems, misplaced } from '#store/chats/chat-items';
import { createChats, isChat } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { Evidence } from './look-at-chat.ts';
import { createMendAddress } from './mend-address.ts';

/** Mends what was found wrong with a chat. Each write is on condition that what it follows from is as it was read. */
export type MendChat = (evidence: Evidence, faults: readonly FaultKind[]) => Promise<void>;

/**
 * Makes `mendChat`. Whatever it does is what the fold, a change of the contact or the task after settings would do, so
 * it undoes nothing that happens meanwhile, and doing it twice does no harm.
 */
export function createMendChat(deps: StoreDeps, foldChat: FoldChat): MendChat {
  const chatItems = createChatItems(deps);
  const chats = createChats(deps);
  const addresses = createAddresses(deps);
  const settings = createSettings(deps);
  const mendAddress = createMendAddress(deps);
  const { settleChats } = createCommit(deps);
  const tasks = createTasks(deps);

  /** Makes the address know the chat, with the users and the contact that the chat still names. */
  async function tellAddress({ chatKey, items: { row }, counted, ...evidence }: Evidence): Promise<void> {
    // The owner comes first: an address without one gives the client out when it learns of the chat.
    await mendAddress(evidence.address.key, row);
    if (!row) return;
    const { channelId } = chatOfKey(chatKey);
    const dispenser = drawsTurns(evidence.settings) ? channelId : undefined;
    await addresses.addChat(addressOfChat(row.account, chatKey), chatKey, counted?.client && { dispenser });
  }

  async function place(chatKey: string): Promise<void> {
    const { settings: chosen, unchanged } = await settings.read(chatOfKey(chatKey).channelId);
    const items = await chatItems.load(chatKey);
    if (!items.row || !isChat(items.row)) return;
    const { isOwn, isScope, isBeside } = misplaced(items, items.row, chosen);
    if (isOwn || isScope || isBeside) await chatItems.putRight(items.row, items.beside, chosen, unchanged);
  }

  return async function mendChat(evidence, faults) {
    const has = (...kinds: FaultKind[]) => kinds.some((kind) => faults.includes(kind));
    const { chatKey, items, address } = evidence;
    if (has('no-facts')) {
      if (items.row) await chatItems.remove(items.row, items.beside);
      return;
    }
    if (has('message-ids')) await chats.nameByHash(chatKey);
    if (has('address', 'unreported', 'contact')) await tellAddress(evidence);
    const hasNoPlace = has('place') && !(items.row && isChat(items.row));
    if (hasNoPlace || has('no-row', 'state', 'unreported')) {
      const folded = await foldChat(chatKey, FIRST_KEY);
      // The client may be new, or decided and not followed up. An address that knows the chat already rings nothing.
      if (folded && !folded.contact) await tasks.put({ kind: 'assign', address: address.key });
    }
    if (has('users', 'address', 'contact')) await settleChats(address.key);
    await place(chatKey);
  };
}
