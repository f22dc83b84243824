import type { Carrier } from '#crms/crm';
import type { Ref } from '#domain/crm';
import type { Enquiry } from '#store/clients/addresses';

/** The oldest first. */
export function inAge(carriers: readonly Carrier[]): Carrier[] {
  return carriers.toSorted((one, other) => one.createdAt - other.createdAt);
}

/** The oldest of that type. */
export function oldest(carriers: readonly Carrier[], type: Ref['type']): Carrier | undefined {
  return inAge(carriers.filter((carrier) => carrier.type === type))[0];
}

/** What carries the keys, as far as there is a contact: that of the deal, which may have been merged into it, or the one with the key. */
export function madeBy(carriers: readonly Carrier[]): Enquiry['made'] {
  const deal = oldest(carriers, 'deal');
  const contact = deal?.contacts?.[0] ?? oldest(carriers, 'contact')?.id;
  if (contact === undefined) return undefined;
  const { uid } = deal ?? {};
  return { contact, ...(deal && { deal: deal.id }), ...(uid !== undefined && { uid }) };
}
