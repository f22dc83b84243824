import type { Deal } from '#domain/directory';
import type { Actor } from '#domain/sight';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';

/** The deals of a contact for which the actor is responsible, the open ones first (C5). The CRM gets those of all users. */
export type Briefcase = (actor: Actor, contactId: string) => Promise<Deal[]>;

/** A contact that buys every day has thousands of closed deals. Nobody looks through more of them. */
const MOST_CLOSED = 100;
const MOST_OPEN = 100;

/** Makes `briefcase`. The open deals stand in the contact, the closed ones in a list of their own. */
export function createBriefcase(deps: StoreDeps): Briefcase {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);

  return async function briefcase({ account, userId }, contactId) {
    const isOwn = (responsibleUserId: string) => userId === undefined || responsibleUserId === userId;
    const [contact, closed] = await Promise.all([
      contacts.load(account, contactId),
      deals.closedOf(account, contactId, userId, MOST_CLOSED),
    ]);
    const open = Object.keys(contact.deals).filter((id) => isOwn(contact.deals[id] ?? ''));
    const found = await deals.getAll(account, [...open.sort().slice(0, MOST_OPEN), ...closed]);
    // A deal may have changed between the two reads.
    const own = found.filter((deal) => isOwn(deal.responsibleUserId) && deal.contacts.includes(contactId));
    return [...own.filter((deal) => !deal.closed), ...own.filter((deal) => deal.closed)];
  };
}
