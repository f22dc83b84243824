import { createContactChanges } from '#flows/sight/push-contact';
import { createChats, isChat } from '#store/chats/chats';
import { createEraseRows } from '#store/chats/erase-rows';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createEraseAddresses } from '#store/clients/erase-addresses';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { otherIds, type Person, withAddresses } from './find-person.ts';

/**
 * Takes a person out of every list and search. What they wrote is still stored, and nothing shows it. What was made since
 * the erasure of that time (`since`, epoch ms) stays. What is met of the person meanwhile is given to `keep`, before it is
 * taken away.
 */
export type HidePerson = (
  account: string,
  person: Person,
  since: number,
  keep: (grown: Person) => Promise<void>,
) => Promise<Person>;

const TRIES = 20;

/**
 * Makes `hidePerson`, and `hideAgain`, which does it for what was made since then by processes that did not know of the erasure
 * yet. What a CRM has pushed meanwhile stays (E5). Addresses go before chats: a fold that makes a chat anew meanwhile makes a new client. The contact
 * goes last, because its chats would change hands.
 */
export function createHidePerson(deps: StoreDeps): { hidePerson: HidePerson; hideAgain: HidePerson } {
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const eraseAddresses = createEraseAddresses(deps);
  const rows = createEraseRows(deps);
  const contacts = createContacts(deps);
  const { removeContact } = createContactChanges(deps);

  async function isNew(chat: string, since: number): Promise<boolean> {
    const row = await chats.load(chat);
    return row !== undefined && isChat(row) && row.begin === since;
  }

  /** The addresses as they are now, without those of a time after the erasure. */
  async function oldOnes(keys: readonly string[], since: number): Promise<Address[]> {
    const old: Address[] = [];
    for (const address of await addresses.loadAll(keys)) {
      const made = await Promise.all(address.chats.map((chat) => isNew(chat, since)));
      if (!made.includes(true)) old.push(address);
    }
    return old;
  }

  /** Of those the ones with chats that no CRM has given a contact, and their aliases. */
  async function staleOnes(account: string, keys: readonly string[], since: number): Promise<Address[]> {
    const old = await oldOnes(keys, since);
    const own = new Set((await ownContacts(account, old.flatMap(contactOf))).map(({ id }) => id));
    const roots = old.filter(({ chats, contact }) => chats.length > 0 && (!contact || own.has(contact.id)));
    const stale = new Set(roots.map(({ key }) => key));
    return old.filter(({ key, root }) => stale.has(root ?? key));
  }

  /** Those of the contacts that Konvert made, and no CRM has pushed since. */
  async function ownContacts(account: string, ids: readonly string[]): Promise<ContactRow[]> {
    if (ids.length === 0) return [];
    return (await contacts.loadAll(account, [...new Set(ids)])).filter(({ own }) => own !== undefined);
  }

  /** Takes the addresses away. Each goes as it was read: a contact that it gets meanwhile is met, and kept first. */
  async function removeAddresses(
    person: Person,
    find: (keys: readonly string[]) => Promise<Address[]>,
    keep: (grown: Person) => Promise<void>,
  ): Promise<Person> {
    let known = person;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const old = await find(known.addresses);
      const grown = withAddresses(known, old);
      if (grown !== known) await keep(grown);
      const isWhole = old.flatMap(otherIds).every((key) => known.addresses.includes(key));
      known = grown;
      if (!isWhole) continue;
      const removed = await Promise.all(old.map(eraseAddresses.remove));
      if (!removed.includes(false)) return known;
    }
    throw new ContentionError('A person');
  }

  async function removeRows(all: readonly string[], since: number): Promise<void> {
    for (const chat of all) if (!(await isNew(chat, since))) await rows.remove(chat);
  }

  return {
    async hidePerson(account, person, since, keep) {
      const known = await removeAddresses(person, (keys) => oldOnes(keys, since), keep);
      await removeRows(known.chats, since);
      for (const id of known.contacts) await removeContact(account, id);
      return known;
    },

    async hideAgain(account, person, since, keep) {
      const known = await removeAddresses(person, (keys) => staleOnes(account, keys, since), keep);
      await removeRows(known.chats, since);
      const held = (await addresses.loadAll(known.addresses)).flatMap(contactOf);
      for (const { id } of await ownContacts(account, known.contacts)) {
        if (!held.includes(id)) await removeContact(account, id);
      }
      return known;
    },
  };
}

function contactOf({ contact }: Address): string[] {
  return contact ? [contact.id] : [];
}
