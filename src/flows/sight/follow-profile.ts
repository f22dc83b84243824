import { isDeepStrictEqual } from 'node:util';
import { accountOfKey, addressKeys, addressOfChat, personOfKey } from '#domain/address';
import type { Contact, ContactData } from '#domain/directory';
import { chatOfKey, type Profile } from '#domain/message';
import { profileBeside } from '#domain/person-ids';
import { type KnownProfile, nameOf, newestProfile } from '#domain/profile';
import { type ChatRow, createChats, isChat, type Stub } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts, stateOf } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { createCommit } from './commit.ts';
import { givenBy, namesOf } from './give.ts';
import { untilDone } from './until-done.ts';

/** Gives the contact of an address the client's present name and username, if Konvert keeps the contact (D10). */
export type FollowProfile = (addressKey: string) => Promise<void>;

/** Makes `followProfile`. A contact that a CRM pushed stays as it is. Repeating it changes nothing. */
export function createFollowProfile(deps: StoreDeps): FollowProfile {
  const contacts = createContacts(deps);
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const { commit } = createCommit(deps);

  return async function followProfile(addressKey) {
    const account = accountOfKey(addressKey);
    await untilDone('A contact', async () => {
      const address = await addresses.get(addressKey);
      if (!address.contact) return 'done';
      const [before, rows] = await Promise.all([
        contacts.load(account, address.contact.id),
        chats.loadAll(address.chats),
      ]);
      const profile = profileOfChats(rows);
      if (!profile || !before.card || before.own === undefined) return 'done';
      const names = namesOf(address);
      const contactData = before.card.contactData.map((data) =>
        addressKeys(account, [data]).some((key) => names.includes(key)) ? withUsername(data, profile) : data,
      );
      const card = { ...before.card, name: nameOf(profile) ?? before.card.name, contactData };
      if (isDeepStrictEqual(card, before.card)) return 'done';
      const after = { ...stateOf(before), card };
      const next = givenBy({ ...before, ...after }, address);
      // On condition that contact, address and chats are as they were read: what a CRM pushes meanwhile stays.
      return commit({ contacts: [{ before, after }], given: [{ address, next }], more: [], chats: rows });
    });
  };
}

/** What the client calls themselves in these chats. Undefined if none of them tells it. */
function profileOfChats(rows: ReadonlyMap<string, ChatRow | Stub>): KnownProfile | undefined {
  return newestProfile([...rows.values()].map((row) => (isChat(row) ? row.chat.profile : undefined)));
}

/** The name and contact data of a new contact of that client: the best name that their chats tell, and the username. */
export function clientCard(
  address: Address,
  rows: ReadonlyMap<string, ChatRow | Stub>,
): Pick<Contact, 'name' | 'contactData'> {
  const profile = profileOfChats(rows) ?? {};
  // The messenger's own spelling, by which the CRM recognises the chat.
  const { key, why, chats } = address;
  const account = accountOfKey(key);
  // An id may have left its person since the decision.
  const chat = [why?.chatKey ?? '', ...chats].find((one) => namesOf(address).includes(addressOfChat(account, one)));
  const { chatType, chatId } = chat === undefined ? personOfKey(key) : chatOfKey(chat);
  const row = rows.get(chat ?? '');
  const ids = row && isChat(row) ? row.ids : undefined;
  const name = nameOf(profile) ?? profileBeside({ chatType, chatId }, [], ids ?? []) ?? chatId;
  return { name, contactData: [withUsername({ chatType, chatId }, profile)] };
}

/** The contact data with that person's username, if they have one. */
function withUsername({ username: _, ...data }: ContactData, { username }: Profile): ContactData {
  return { ...data, ...(username !== undefined && { username }) };
}
