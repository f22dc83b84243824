import { addressKeys } from '#domain/address';
import type { Address } from '#store/clients/addresses';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import type { ContactChange } from './commit.ts';
import { namesOf } from './give.ts';
import { ownDeal } from './own-records.ts';

/** A part of a change: contacts, and writes that go with them. */
export interface ContactPart {
  readonly contacts: readonly ContactChange[];
  readonly more: readonly Write[];
}

/** The contacts that Konvert keeps itself, as far as others take their addresses (D10). */
export function createOwnContacts(deps: StoreDeps) {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);

  /** Konvert's own contacts lose the addresses that the contact `id` takes over, and end with the last one. */
  async function take(account: string, id: string | undefined, taken: readonly Address[]): Promise<ContactPart> {
    const others = taken.flatMap(({ contact }) => (contact && contact.id !== id ? [contact.id] : []));
    const names = new Set(taken.flatMap(namesOf));
    const rows = (await contacts.loadAll(account, [...new Set(others)])).filter(({ own }) => own !== undefined);
    const parts = await Promise.all(
      rows.map(async (before): Promise<ContactPart> => {
        const contactData = (before.card?.contactData ?? []).filter(
          (data) => !addressKeys(account, [data]).some((key) => names.has(key)),
        );
        if (!before.card || contactData.length === 0) return end(before);
        const after = { ...stateOf(before), card: { ...before.card, contactData } };
        return { contacts: [{ before, after }], more: [] };
      }),
    );
    return { contacts: parts.flatMap((part) => part.contacts), more: parts.flatMap(({ more }) => more) };
  }

  /** The writes that end a contact, and the deal that Konvert made with it. */
  async function end(before: ContactRow): Promise<ContactPart> {
    const deal = await ownDeal(deals, before);
    if (!deal) return { contacts: [{ before, after: { deals: before.deals } }], more: [] };
    const { [deal.id]: _, ...others } = before.deals;
    return {
      contacts: [{ before, after: { deals: others } }],
      more: deals.writes(before.account, deal, undefined, deal.id),
    };
  }

  return { take, end, write: contacts.write };
}
