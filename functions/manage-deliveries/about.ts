import type { Listed, ListedClient } from '#api/delivery-routes';
import { shownName } from '#api/present-chat';
import { chatOfKey } from '#domain/message';
import { type Chats, isChat } from '#store/chats/chats';
import type { Addresses } from '#store/clients/addresses';
import type { Contacts } from '#store/directory/contacts';

export interface AboutDeps {
  readonly chats: Pick<Chats, 'loadAll'>;
  readonly addresses: Pick<Addresses, 'getAll'>;
  readonly contacts: Pick<Contacts, 'loadAll'>;
}

/** Which client a delivery is about. Nothing is known if it is about nobody. */
export type AboutOf = (one: Listed) => ListedClient;

/**
 * Reads which clients these deliveries are about: a row for each chat, the address of each new client, and the contact of
 * each that names one.
 */
export async function readAbout(
  { chats, addresses, contacts }: AboutDeps,
  account: string,
  listed: readonly Listed[],
): Promise<AboutOf> {
  const asked = distinct(listed.map(({ address }) => address));
  const ids = distinct(listed.map(({ contact }) => contact));
  const [found, cards] = await Promise.all([
    addresses.getAll(asked),
    ids.length > 0 ? contacts.loadAll(account, ids) : [],
  ]);
  const chatOf = new Map(asked.map((key, index) => [key, found[index]?.why?.chatKey ?? found[index]?.chats[0]]));
  const nameOf = new Map(cards.map(({ id, card }) => [id, card?.name]));
  const chatFor = ({ chat, address }: Listed) => chat ?? (address === undefined ? undefined : chatOf.get(address));
  const rows = await chats.loadAll(distinct(listed.map(chatFor)));
  return (one) => {
    const chat = chatFor(one);
    if (chat === undefined) return { name: nameOf.get(one.contact ?? '') };
    const row = rows.get(chat);
    return { name: row && isChat(row) ? shownName(row) : undefined, channelId: chatOfKey(chat).channelId };
  };
}

function distinct(keys: readonly (string | undefined)[]): string[] {
  return [...new Set(keys.filter((key) => key !== undefined))];
}
