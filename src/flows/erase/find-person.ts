import { addressKey } from '#domain/address';
import { addressesOf, namesOf } from '#flows/sight/give';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';

/** Everything by which a person is known in an account: keys of addresses and of chats, and ids of contacts. */
export interface Person {
  readonly addresses: readonly string[];
  readonly contacts: readonly string[];
  readonly chats: readonly string[];
}

/** Finds the person of a messenger's id. Without contacts and chats, nothing but the id may be known. */
export type FindPerson = (account: string, chatType: string, chatId: string) => Promise<Person & { isKnown: boolean }>;

/** A person who has more addresses than this is none: a contact of a CRM holds what its people typed. */
const MOST_ADDRESSES = 1_000;

/**
 * Makes `findPerson`. From an id it goes to the person's other ids, to the contact that they belong to, to the ids of that
 * contact in other messengers, and on. An id that belongs to another contact by now is not followed.
 */
export function createFindPerson(deps: StoreDeps): FindPerson {
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);

  return async function findPerson(account, chatType, chatId) {
    const own = addressKey(account, chatType, chatId);
    const found = new Map<string, Address>();
    const ids = new Set<string>();
    const seen = new Set([own]);
    // Whether the messenger says that it is the same person, or only the card of their contact.
    let ahead = new Map([[own, true]]);
    while (ahead.size > 0 && seen.size <= MOST_ADDRESSES) {
      const loaded = await addresses.loadAll([...ahead.keys()]);
      const theirs = loaded.filter(({ key, contact }) => ahead.get(key) || !contact || ids.has(contact.id));
      for (const one of theirs) found.set(one.key, one);
      const met = new Set(theirs.flatMap(({ contact }) => (contact && !ids.has(contact.id) ? [contact.id] : [])));
      for (const id of met) ids.add(id);
      const cards = met.size === 0 ? [] : await contacts.loadAll(account, [...met]);
      const next = [
        ...cards.flatMap(addressesOf).map((key) => [key, false] as const),
        ...theirs.flatMap(otherIds).map((key) => [key, true] as const),
      ];
      ahead = new Map(next.filter(([key]) => !seen.has(key)));
      for (const key of ahead.keys()) seen.add(key);
    }
    const known = withAddresses({ addresses: [own], contacts: [...ids], chats: [] }, [...found.values()]);
    return { ...known, isKnown: found.size > 0 };
  };
}

/** The other ids of the same person. */
export function otherIds(address: Address): string[] {
  return [...namesOf(address), ...address.twins, ...(address.root === undefined ? [] : [address.root])];
}

/** The person with what those addresses of theirs lead to. The same person if that is known. */
export function withAddresses(person: Person, theirs: readonly Address[]): Person {
  const grown = {
    addresses: [...new Set([...person.addresses, ...theirs.flatMap((one) => [one.key, ...otherIds(one)])])],
    contacts: [...new Set([...person.contacts, ...theirs.flatMap(({ contact }) => contact?.id ?? [])])],
    chats: [...new Set([...person.chats, ...theirs.flatMap(chatsOf)])].sort(),
  };
  const isKnown = (['addresses', 'contacts', 'chats'] as const).every(
    (part) => grown[part].length === person[part].length,
  );
  return isKnown ? person : grown;
}

function chatsOf({ chats, homes }: Address): string[] {
  return [...chats, ...Object.values(homes).flatMap((all) => all.map(({ chat }) => chat))];
}
