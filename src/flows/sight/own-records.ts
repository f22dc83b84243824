import { isDeepStrictEqual } from 'node:util';
import { uuidOf } from '#domain/hash';
import type { Address } from '#store/clients/addresses';
import type { ContactRow } from '#store/directory/contacts';
import type { DealRow, Deals } from '#store/directory/deals';

/**
 * The ids of the contact and deal that Konvert makes for a decision. They are computed from the decision, so repeating
 * it makes no twins (D7).
 */
export function ownIds(
  { key, generation }: Pick<Address, 'key' | 'generation'>,
  decidedAt: number,
): { readonly contact: string; readonly deal: string } {
  const decision = `${key}#${generation}#${decidedAt}`;
  return { contact: uuidOf(`contact#${decision}`), deal: uuidOf(`deal#${decision}`) };
}

/** Whether the decision that `ownIds` names by that contact is still the one in force about the address. */
export function isDecision(address: Address, contactId: string): boolean {
  const { decidedAt } = address;
  return decidedAt !== undefined && ownIds(address, decidedAt).contact === contactId;
}

/** Whether the contact of the address is the one that Konvert made for its decision. A CRM may have pushed it since. */
export function hasOwnContact(address: Address): boolean {
  return address.contact !== undefined && isDecision(address, address.contact.id);
}

/**
 * The deal that Konvert made with the contact. Undefined once it is about other contacts too: a CRM may have moved it.
 */
export async function ownDeal(
  deals: Pick<Deals, 'load'>,
  { account, id, own }: ContactRow,
): Promise<DealRow | undefined> {
  const deal = own === undefined ? undefined : await deals.load(account, own);
  return deal && isDeepStrictEqual(deal.contacts, [id]) ? deal : undefined;
}
