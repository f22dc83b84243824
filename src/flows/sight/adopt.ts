import { accountOfKey } from '#domain/address';
import { cardOfMade, dealOfMade, type Made } from '#domain/creation';
import { createChats } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { clientCard } from './follow-profile.ts';
import { createHandedMeanwhile } from './handed-meanwhile.ts';
import { isDecision } from './own-records.ts';
import { createContactChanges } from './push-contact.ts';
import { createDealChanges } from './push-deal.ts';

/** What a CRM made for a decision about an address. */
export interface Adopted {
  readonly address: string;
  /** The decision, by the id that Konvert's own contact would have. */
  readonly creation: string;
  readonly made: Made;
}

/** Stores contact and deal that a CRM made for a decision, as if the CRM had pushed them (D10). */
export type Adopt = (adopted: Adopted) => Promise<void>;

/**
 * Makes `adopt`. Repeating it undoes no push that came meanwhile, and brings no contact back that was deleted
 * meanwhile.
 */
export function createAdopt(deps: StoreDeps): Adopt {
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const contacts = createContacts(deps);
  const { mergeContact } = createContactChanges(deps);
  const handed = createHandedMeanwhile(deps);
  const { mergeDeal } = createDealChanges(deps);

  /** Whether the CRM has pushed a contact with this address already, or an earlier run has stored one. */
  async function isStored({ key, contact }: Address): Promise<boolean> {
    return contact !== undefined && (await contacts.load(accountOfKey(key), contact.id)).own === undefined;
  }

  async function adoptContact(address: Address, { creation, made: { contact, askedFor } }: Adopted): Promise<void> {
    const { key } = address;
    if (await isStored(address)) return;
    const client = clientCard(address, await chats.loadAll(address.chats));
    const asked = { ...client, responsibleUserId: askedFor };
    // Who took the client over while the CRM was asked stays responsible, unless the CRM named somebody of its own.
    const named = contact.responsibleUserId ?? askedFor;
    const isHanded = (read: Address) =>
      (named === askedFor || named === '') && read.key === key && read.owner !== askedFor && isDecision(read, creation);
    let isTold = false;
    await mergeContact(
      accountOfKey(key),
      contact.id,
      (now) => cardOfMade(contact, now, asked, [key, ...address.aliases]),
      isHanded,
      async (read) => {
        isTold = true;
        return handed.writesOf(read, contact.id, named);
      },
    );
    if (isTold) await handed.hasten(accountOfKey(key));
  }

  return async function adopt(adopted) {
    const { address: key, creation, made } = adopted;
    const { contact, deal, askedFor } = made;
    const address = await addresses.get(key);
    // The contact was deleted meanwhile: the client is unowned, or there is a new decision.
    if (!isDecision(address, creation)) return;
    await adoptContact(address, adopted);
    if (!deal) return;
    const account = accountOfKey(key);
    const { card } = await contacts.load(account, contact.id);
    const { name = '', responsibleUserId = askedFor } = card ?? {};
    const asked = { name, responsibleUserId, contacts: [contact.id], closed: false };
    await mergeDeal(account, deal.id, (now) =>
      now?.contacts.includes(contact.id) ? now : dealOfMade(deal, now, asked),
    );
  };
}
