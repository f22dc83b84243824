import { isDeepStrictEqual } from 'node:util';
import { addressKeys } from '#domain/address';
import { viewersOf } from '#domain/directory';
import type { Address, AddressChange } from '#store/clients/addresses';
import type { ContactRow } from '#store/directory/contacts';

/** An address, and the users and the contact that it is given to. */
export interface Give {
  readonly address: Address;
  readonly next: AddressChange;
}

/**
 * The users and the contact that an address of the contact is given to. The first user is the `owner` that the address
 * was handed to since the contact was pushed, else the contact's own user.
 */
export function givenBy(contact: ContactRow, { owner }: Pick<Address, 'owner'> = {}): AddressChange {
  const { id, card, deals } = contact;
  if (!card) throw new Error('A contact that was not pushed has no address');
  return {
    viewers: viewersOf(owner ?? card.responsibleUserId, deals),
    contact: { id, name: card.name },
    ...(owner !== undefined && { owner }),
  };
}

/** The keys of the contact's addresses. */
export function addressesOf({ account, card }: ContactRow): string[] {
  return card ? addressKeys(account, card.contactData) : [];
}

/** All the keys of a person's addresses: the root's, and those of its aliases. */
export function namesOf({ key, aliases }: Pick<Address, 'key' | 'aliases'>): string[] {
  return [key, ...aliases];
}

/** The addresses without repeats: two keys of a contact may be one person's. */
export function eachOnce(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [address.key, address])).values()];
}

/** Whether the address belongs to `next` already. */
export function isGiven({ address, next }: Give): boolean {
  return (['viewers', 'contact', 'owner'] as const).every((part) => isDeepStrictEqual(address[part], next[part]));
}

/** Whether a user who sees the chats of the address loses sight of them. */
export function losesSight({ address, next }: Give): boolean {
  return address.viewers.some((viewer) => !next.viewers.includes(viewer));
}
