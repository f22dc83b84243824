import { accountOfKey, addressKeys } from './address.ts';
import { type Contact, type ContactData, type Deal, MOST_ADDRESSES, MOST_CONTACTS } from './directory.ts';

/** What a CRM said of a contact that it made: its id, and what else could be read. */
export type MadeContact = Pick<Contact, 'id'> & Partial<Contact>;

/** What a CRM said of a deal that it made. */
export type MadeDeal = Pick<Deal, 'id'> & Partial<Deal>;

/** What a CRM answered when it was asked to make something: that, or why the answer does not say that it did. */
export type ReadMade<T> = { readonly made: T } | { readonly description: string };

/** A contact that a CRM has to make: because a message came, or because a user asked for it. */
export interface ContactToCreate {
  readonly responsibleUserId: string;
  readonly name: string;
  readonly contactData: readonly ContactData[];
  readonly source: 'auto' | 'byUser';
}

/** A deal that a CRM has to make, for contacts that it has. */
export interface DealToCreate {
  readonly responsibleUserId: string;
  readonly contacts: readonly string[];
  readonly pipelineId?: string | undefined;
  readonly stageId?: string | undefined;
  readonly source: 'auto' | 'byUser';
}

/** What a CRM has made for a decision so far. There is no deal without its contact. */
export interface Made {
  /** The user that the CRM was asked to make responsible. */
  readonly askedFor: string;
  readonly contact: MadeContact;
  readonly deal?: MadeDeal;
}

/** What a CRM has made, by its ids alone. The rest is forgotten once it is stored elsewhere. */
export function idsOfMade({ askedFor, contact, deal }: Made): Made {
  return { askedFor, contact: { id: contact.id }, ...(deal && { deal: { id: deal.id } }) };
}

/**
 * The user of the deal. If the CRM chose another one for the contact, that one. Else, if the client was handed over
 * meanwhile, the new owner. Else the user of the contact; if there is none, the one that was asked for.
 */
export function userOfDeal(
  { askedFor, contact }: Made,
  owner: string | undefined,
  ofContact: string | undefined,
): string {
  const { responsibleUserId } = contact;
  if (responsibleUserId !== undefined && responsibleUserId !== askedFor) return responsibleUserId;
  return owner !== undefined && owner !== askedFor ? owner : (ofContact ?? askedFor);
}

/** A contact without its id. */
export type Card = Omit<Contact, 'id'>;

/**
 * The card of a contact that a CRM made for the client of an address, as if the CRM had pushed it (D10). What its answer
 * left out stays as it was pushed before, else it is what was asked for. One of the person's addresses (`keys`) is always
 * among the contact's own, and no answer takes one away: a CRM may repeat what it was asked for.
 */
export function cardOfMade(
  { id: _, ...made }: MadeContact,
  now: Card | undefined,
  asked: Card,
  keys: readonly [string, ...string[]],
): Card {
  const known = joined(keys[0], made.contactData ?? [], now?.contactData ?? []);
  return { ...asked, ...now, ...made, contactData: withAddress(keys, known, asked.contactData) };
}

/** The deal that a CRM made with the contact, as if the CRM had pushed it. The rest is as in `cardOfMade`. */
export function dealOfMade(made: MadeDeal, now: Deal | undefined, asked: Omit<Deal, 'id'>): Deal {
  const deal = { ...asked, ...now, ...made };
  return { ...deal, contacts: [...new Set([...asked.contacts, ...deal.contacts])].slice(0, MOST_CONTACTS) };
}

/** All of the first, and those of the second that are not among them. */
function joined(key: string, first: Card['contactData'], second: Card['contactData']): Card['contactData'] {
  const nameOf = (one: ContactData) => addressKeys(accountOfKey(key), [one])[0] ?? JSON.stringify(one);
  const known = new Set(first.map(nameOf));
  return [...first, ...second.filter((one) => !known.has(nameOf(one)))];
}

function withAddress(
  keys: readonly [string, ...string[]],
  data: Card['contactData'],
  asked: Card['contactData'],
): Card['contactData'] {
  const whole = data.slice(0, MOST_ADDRESSES);
  if (addressKeys(accountOfKey(keys[0]), whole).some((key) => keys.includes(key))) return whole;
  return [...asked, ...whole].slice(0, MOST_ADDRESSES);
}
