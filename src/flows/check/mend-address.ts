import { accountOfKey } from '#domain/address';
import { viewersOf } from '#domain/directory';
import { givenBy, isGiven } from '#flows/sight/give';
import type { ChatRow, Stub } from '#store/chats/chats';
import { type Address, type AddressChange, createAddresses, UNOWNED } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { knows } from './look-at-chat.ts';

/**
 * Gives an address to the contact that knows it: the one that it names, else the one that the chat still names. If none
 * does, and nobody is responsible by Konvert's own decision, the client is a new one.
 */
export type MendAddress = (addressKey: string, row: ChatRow | Stub | undefined) => Promise<void>;

/** Makes `mendAddress`. Nothing changes if the address or the contact has changed since they were read. */
export function createMendAddress(deps: StoreDeps): MendAddress {
  const { client, clock } = deps;
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const dispensers = createDispensers(deps);

  return async function mendAddress(addressKey, row) {
    const address = await addresses.get(addressKey);
    const account = accountOfKey(address.key);
    const named = [address.contact?.id, row?.contact?.id].filter((id) => id !== undefined);
    const known = (await contacts.loadAll(account, named)).find((contact) => knows(contact, address));
    if (known?.unsettled) return;
    const next = known ? givenBy(known, ownerOf(address, known, row)) : withoutContact(address, row, clock.now());
    if (!next || isGiven({ address, next })) return;
    await transact(client, [
      ...(known ? [contacts.unchanged(known)] : []),
      ...(next === UNOWNED && address.dispenser !== undefined
        ? [dispensers.release(address.dispenser, [address.key])]
        : []),
      addresses.giving(address, next),
    ]);
  };
}

/** The user to whom the client was handed over. The address says it; if the address was lost, the chat does. */
function ownerOf(
  address: Address,
  { card, deals }: ContactRow,
  row: ChatRow | Stub | undefined,
): Pick<Address, 'owner'> {
  if (address.contact || address.owner !== undefined) return address;
  const [first] = row?.viewers ?? [];
  const isTheirs = first !== undefined && first !== viewersOf(card?.responsibleUserId ?? '', deals)[0];
  return isTheirs ? { owner: first } : {};
}

function withoutContact(address: Address, row: ChatRow | Stub | undefined, now: number): AddressChange | undefined {
  if (address.contact) return UNOWNED;
  const [first] = row?.contact ? [] : (row?.viewers ?? []);
  // The decision has no contact yet. The contact is made from it again.
  if (address.owner !== undefined || first === undefined) return undefined;
  return { viewers: [first], owner: first, decidedAt: now };
}
