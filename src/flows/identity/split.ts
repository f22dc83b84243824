import { accountOfKey, addressOfChat } from '#domain/address';
import { HOME_WRITE_MS, type Homes, homesLeft } from '#domain/homes';
import type { PersonId } from '#domain/message';
import { addressesOf } from '#flows/sight/give';
import { type Address, createAddresses, UNOWNED } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { createLinks } from '#store/clients/links';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { transact, type Write } from '#store/dynamo/transaction';
import { createMoveChats } from './move-chats.ts';

/**
 * Takes an alias from its root, because it is somebody else's by now. It takes along the chats that are named by it. A
 * contact stays with the one that it names; the other one is unowned then. Ids that stay and had their home in such a
 * chat get that of `stayer`. False if something has changed meanwhile.
 */
export type Split = (root: Address, alias: Address, homes: Homes, stayer: PersonId) => Promise<boolean>;

/** Makes `split`. */
export function createSplit(deps: StoreDeps): Split {
  const { client, clock } = deps;
  const addresses = createAddresses(deps);
  const links = createLinks(deps);
  const contacts = createContacts(deps);
  const dispensers = createDispensers(deps);
  const moveChats = createMoveChats(deps);

  return async function split(root, alias, homes, stayer) {
    const account = accountOfKey(root.key);
    const row = root.contact && (await contacts.load(account, root.contact.id));
    const named = row ? addressesOf(row) : [];
    const aliases = root.aliases.filter((key) => key !== alias.key);
    const isNamed = named.includes(alias.key);
    // Both may be named: then both stay the contact's.
    const leaves = isNamed && ![root.key, ...aliases].some((key) => named.includes(key));
    const { viewers, contact, owner, why, decidedAt, since, had } = root;
    const taken = isNamed ? { viewers, contact, owner, why, decidedAt, since, had } : UNOWNED;
    const chats = root.chats.filter((chat) => addressOfChat(account, chat) === alias.key);
    const stay = root.chats.filter((chat) => !chats.includes(chat));
    const moves = [
      ...(await moveChats(account, chats, taken as Address)),
      ...(leaves ? await moveChats(account, stay, UNOWNED) : []),
    ];
    const staying = await addresses.loadAll(aliases);
    const moved = (one: Address) => homesLeft(one.homes, chats, stayer, clock.now());
    const writes: Write[] = [
      links.root(root, {
        aliases,
        homes: moved(root),
        chats: stay,
        ...(!leaves && { wrote: root.wrote.filter((chat) => stay.includes(chat)) }),
        ...(leaves && { forgets: true }),
      }),
      links.release(alias, { ...taken, chats, homes } as Parameters<typeof links.release>[1]),
      ...staying.filter((one) => !isEmpty(moved(one))).map((one) => links.root(one, { homes: moved(one) })),
      ...(row ? [contacts.unchanged(row)] : []),
      ...(leaves && root.dispenser !== undefined ? [dispensers.release(root.dispenser, [root.key])] : []),
      ...moves.flat(),
    ];
    return transact(client, writes, clock.deadline(HOME_WRITE_MS));
  };
}

function isEmpty(homes: Homes): boolean {
  return Object.keys(homes).length === 0;
}
