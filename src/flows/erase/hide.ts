import { createContactChanges } from '#flows/sight/push-contact';
import { createChats, isChat } from '#store/chats/chats';
import { createEraseRows } from '#store/chats/erase-rows';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createEraseAddresses } from '#store/clients/erase-addresses';
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
 * Makes `hidePerson`. Addresses go before chats: a fold that makes a chat anew meanwhile makes a new client. The contact
 * goes last, because its chats would change hands.
 */
export function createHidePerson(deps: StoreDeps): HidePerson {
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const eraseAddresses = createEraseAddresses(deps);
  const rows = createEraseRows(deps);
  const contacts = createContactChanges(deps);

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

  /** Takes the addresses away. Each goes as it was read: a contact that it gets meanwhile is met, and kept first. */
  async function removeAddresses(
    person: Person,
    since: number,
    keep: (grown: Person) => Promise<void>,
  ): Promise<Person> {
    let known = person;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const old = await oldOnes(known.addresses, since);
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

  return async function hidePerson(account, person, since, keep) {
    const known = await removeAddresses(person, since, keep);
    for (const chat of known.chats) if (!(await isNew(chat, since))) await rows.remove(chat);
    for (const id of known.contacts) await contacts.removeContact(account, id);
    return known;
  };
}
