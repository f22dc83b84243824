import { isDeepStrictEqual } from 'node:util';
import { addressOfChat } from '#domain/address';
import type { Chat } from '#domain/chat';
import type { FaultKind } from '#domain/check';
import { chatOfKey } from '#domain/message';
import { chatHashOf } from '#domain/message-id';
import { isUnowned } from '#domain/ownership';
import type { ChannelSettings } from '#domain/settings';
import { createErasedOf } from '#flows/erased/erased-of';
import { isNews } from '#flows/fold';
import { createRecount } from '#flows/read-facts';
import { addressesOf, givenBy, isGiven, namesOf } from '#flows/sight/give';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { type ChatItems, createChatItems, misplaced } from '#store/chats/chat-items';
import { type ChatRow, createChats, isChat } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';

/** What a chat is and what it has to be. */
export interface Evidence {
  readonly chatKey: string;
  readonly items: ChatItems;
  /** The chat counted from its facts. Absent if there are none. */
  readonly counted?: Chat;
  /** The root of its person. */
  readonly address: Address;
  /** The contact that the address names. */
  readonly contact?: ContactRow;
  readonly settings: ChannelSettings;
  /** Whether message ids lead to it. */
  readonly hasWay: boolean;
}

/** Reads all that a chat follows from, strongly, and the chat itself first: what overtakes it shows in its version. */
export type LookAtChat = (chatKey: string) => Promise<Evidence | undefined>;

/** Makes `lookAtChat`. It answers undefined for the chat of a channel that was never made. */
export function createLookAtChat(deps: StoreDeps & { readonly cipher: Cipher }): LookAtChat {
  const chatItems = createChatItems(deps);
  const chats = createChats(deps);
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const recount = createRecount(deps);
  const erasedOf = createErasedOf(deps);

  return async function lookAtChat(chatKey) {
    const { channelId } = chatOfKey(chatKey);
    const channel = await channels.get(channelId);
    if (!channel) return undefined;
    const { account } = channel;
    const items = await chatItems.load(chatKey);
    const { row } = items;
    const known = row && isChat(row) ? row : undefined;
    const erased = known && known.begin === undefined ? undefined : await erasedOf(chatKey);
    const begin = known ? known.begin : erased?.since;
    const [counted, ways, address, chosen] = await Promise.all([
      recount(chatKey, begin, erased?.isErased),
      chats.keysByHash(chatHashOf(chatKey)),
      addresses.get(addressOfChat(account, chatKey)),
      settings.read(channelId),
    ]);
    const contact = address.contact && (await contacts.load(account, address.contact.id));
    return {
      chatKey,
      items,
      ...(counted && { counted }),
      address,
      ...(contact && { contact }),
      settings: chosen.settings,
      hasWay: ways.includes(chatKey),
    };
  };
}

/** What is wrong with a chat. Each kind is mended in a way of its own. */
export function faultsOf({ chatKey, items, counted, address, contact, settings, hasWay }: Evidence): FaultKind[] {
  const { row, isUnreadable, hasState } = items;
  if (isUnreadable) return ['unreadable'];
  const known = row && isChat(row) ? row : undefined;
  if (!counted) return known || hasState ? ['no-facts'] : [];
  const ofAddress = contact && isContactWrong(address, contact) ? ['contact' as const] : [];
  if (!known) return [hasState ? 'place' : 'no-row', ...ofAddress];
  const wrong = misplaced(items, known, settings);
  const isKnown = address.chats.includes(chatKey);
  const isTheirs = isDeepStrictEqual([known.viewers, known.contact], [address.viewers, address.contact]);
  const found: Partial<Record<FaultKind, boolean>> = {
    state: !isSameState(known.chat, counted),
    unreported: isUnreported(known, counted, address, chatKey),
    // With other users it stands elsewhere. What an address says that is wrong itself is no measure.
    place: wrong.isOwn || (wrong.isScope && isTheirs),
    users: !isTheirs && isKnown && ofAddress.length === 0,
    'further-users': wrong.isBeside && isTheirs,
    address: !isKnown,
    'message-ids': !hasWay,
  };
  return [...(Object.keys(found) as FaultKind[]).filter((kind) => found[kind]), ...ofAddress];
}

/** Whether the address has another contact than one that knows it, or not what that contact gives. */
function isContactWrong(address: Address, contact: ContactRow): boolean {
  if (!knows(contact, address)) return true;
  return !isGiven({ address, next: givenBy(contact, address) });
}

/** Whether the contact has one of the person's addresses. */
export function knows(contact: ContactRow, address: Address): boolean {
  return contact.card !== undefined && addressesOf(contact).some((key) => namesOf(address).includes(key));
}

/** Whether both say the same. `seen` is left out: what a reader was shown differs with every fold. */
function isSameState({ seen: _, ...stored }: Chat, { seen: _seen, ...counted }: Chat): boolean {
  return isDeepStrictEqual(stored, counted);
}

/** Whether the address was never told that the client wrote, though the chat says so, or does not say it. */
function isUnreported(row: ChatRow, counted: Chat, address: Address, chatKey: string): boolean {
  if (!isUnowned(address)) return false;
  const waits = counted.openKey !== undefined && isUnowned(row);
  return isNews(counted, row) || (waits && row.reported && !address.wrote.includes(chatKey));
}
