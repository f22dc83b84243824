import { accountOfKey, addressKeys } from '#domain/address';
import type { CrmContact, CrmDeal } from '#domain/crm';
import { type Contact, type ContactData, type Deal, MOST_ADDRESSES, MOST_CONTACTS } from '#domain/directory';
import { namesOf } from '#flows/sight/give';
import { createHandedMeanwhile } from '#flows/sight/handed-meanwhile';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import { type Address, createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';

/** Stores what a connected CRM has, as if the CRM had pushed it. */
export function createPushFound(deps: StoreDeps) {
  const { mergeContact } = createContactChanges(deps);
  const { pushDeal } = createDealChanges(deps);
  const handed = createHandedMeanwhile(deps);
  const addresses = createAddresses(deps);

  /**
   * Stores the contact and its deals. Its responsible user gets the chats (D8). A contact that belongs to nobody leaves
   * them to the user who has them, and so does one that was handed over if the CRM was not told yet (`isHandedOver`). One
   * that was handed over while the CRM made it stays handed over, and the CRM is told.
   */
  return async function pushFound(
    account: string,
    contact: CrmContact,
    deals: readonly CrmDeal[],
    isHandedOver: (address: Address) => boolean = () => false,
  ): Promise<void> {
    // The deals first: a contact that is stored has all of its deals, whatever is cut off.
    for (const deal of deals) await pushDeal(account, storedDeal(deal));
    const { id, ...card } = storedContact({
      ...contact,
      contactData: await clientsFirst(account, contact.contactData),
    });
    const isHandedFrom = await handed.isHandedFrom(account, contact);
    let isTold = false;
    await mergeContact(
      account,
      id,
      () => card,
      (address) => isHandedOver(address) || card.responsibleUserId === '' || isHandedFrom(address),
      async (address) => {
        if (!isHandedFrom(address)) return [];
        isTold = true;
        return handed.writesOf(address, id, card.responsibleUserId);
      },
    );
    if (isTold) await handed.hasten(account);
  };

  /** Of more addresses than a contact may have here, those of clients are kept. */
  async function clientsFirst(account: string, contactData: readonly ContactData[]): Promise<readonly ContactData[]> {
    if (contactData.length <= MOST_ADDRESSES) return contactData;
    const found = await addresses.getAll(addressKeys(account, contactData));
    const ofClients = new Set(found.filter(({ chats }) => chats.length > 0).map(({ key }) => key));
    const isOfClient = (data: ContactData) => addressKeys(account, [data]).some((key) => ofClients.has(key));
    return [...contactData.filter(isOfClient), ...contactData.filter((data) => !isOfClient(data))];
  }
}

/** The contact as the directory keeps it. */
export function storedContact({ type: _, key: _key, ...contact }: CrmContact): Contact {
  return { ...contact, contactData: contact.contactData.slice(0, MOST_ADDRESSES) };
}

/** The deal as the directory keeps it. */
export function storedDeal({ type: _, key: _key, ...deal }: CrmDeal): Deal {
  return { ...deal, contacts: deal.contacts.slice(0, MOST_CONTACTS) };
}

/**
 * Those of the contacts that have one of the person's addresses, in normal form: a hit is not yet a match (K16). What a CRM
 * has made for a request in its inbox is no contact yet (D5).
 */
export function matchesOf(address: Address, found: readonly CrmContact[]): CrmContact[] {
  const names = namesOf(address);
  const account = accountOfKey(address.key);
  return found.filter(
    (contact) =>
      addressKeys(account, contact.contactData).some((key) => names.includes(key)) && !isOfEnquiry(address, contact),
  );
}

/** Whether the CRM made the contact for a request of that person in its inbox, and nobody is known to have taken it. */
export function isOfEnquiry({ contact, enquiry }: Address, { id, key }: Pick<CrmContact, 'id' | 'key'>): boolean {
  return !contact && enquiry !== undefined && (enquiry.made?.contact === id || enquiry.ids.contact === key);
}
