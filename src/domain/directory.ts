/** One way to reach a contact, as the CRM gave it. */
export interface ContactData {
  readonly chatType: string;
  readonly chatId?: string;
  readonly username?: string;
  readonly phone?: string;
}

/** A contact and its addresses, its old ones too, are changed in one transaction, so they have to fit into it. */
export const MOST_ADDRESSES = 45;
/** The most contacts that a deal may have. */
export const MOST_CONTACTS = 10;

/** The CRM's card of a client. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly responsibleUserId: string;
  readonly contactData: readonly ContactData[];
  readonly uri?: string;
}

/** A sale in the CRM. Its contacts need not be known yet. */
export interface Deal {
  readonly id: string;
  readonly name: string;
  readonly responsibleUserId: string;
  readonly contacts: readonly string[];
  readonly closed: boolean;
  readonly uri?: string;
}

/**
 * The users responsible for the chats of a contact (R, `seller`): the contact's own, then those of its open deals.
 * After a hand-over, `responsible` is the `owner` of the address.
 */
export function viewersOf(responsible: string | undefined, openDeals: Readonly<Record<string, string>>): string[] {
  const ofDeals = Object.entries(openDeals).sort(([one], [other]) => (one < other ? -1 : 1));
  const all = [...(responsible ? [responsible] : []), ...ofDeals.map(([, userId]) => userId)];
  return [...new Set(all)];
}
