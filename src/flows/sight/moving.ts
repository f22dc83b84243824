import { shortHash } from '#domain/hash';
import type { Had } from '#domain/returns';
import { createCrmConnections } from '#store/accounts/crms';
import type { Address, AddressChange } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals, type DealRow, toDeal } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createAssignRows } from '#store/outbox/assign-rows';
import { connectorLane, eventLane } from '#store/outbox/lane-names';
import { type Commit, createCommit, type SightChange } from './commit.ts';
import { givenBy } from './give.ts';
import { ownDeal, ownIds } from './own-records.ts';
import { assigned, createTeamNews } from './team-news.ts';

/** Another user for a client whose address was decided, or none, and the record of it. */
export interface Move {
  /** Undefined: the client falls into the pool. Only one whose contact Konvert keeps can. */
  readonly userId: string | undefined;
  readonly record: Omit<Assignment, 'contactId' | 'userId'>;
  /** Those from whom the client was returned by now; none after the decision of a person. */
  readonly had?: readonly Had[];
}

/** A change that moves a client, and the lanes to ring once it is made, because they hold what tells of it. */
export interface MoveChange {
  readonly change: SightChange;
  readonly lanes: readonly string[];
}

/**
 * The change that gives the client of an address to another user, with contact and deal if Konvert keeps them, and with the
 * record (D9). Undefined if the client should fall into the pool and a CRM has the contact.
 */
export type Moving = (account: string, address: Address, move: Move) => Promise<MoveChange | undefined>;

/** Makes `moving`. A CRM's contact stays as it is, and takes the address back when the CRM pushes it again. */
export function createMoving(
  deps: StoreDeps,
  { ownAddresses }: Pick<Commit, 'ownAddresses'> = createCommit(deps),
): Moving {
  const assignments = createAssignments(deps);
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const connections = createCrmConnections(deps);
  const assignRows = createAssignRows(deps);
  const teamNews = createTeamNews(deps);

  /** The writes of the record, and those that tell a receiver of it. */
  async function recording(account: string, address: Address, record: Assignment) {
    const told = await teamNews.writesOf(account, [assigned(record)]);
    return {
      writes: [...assignments.writesFor(account, address.key, record), ...told],
      lanes: told.length > 0 ? [eventLane(account)] : [],
    };
  }

  /** The writes that tell a connected CRM whom its contact belongs to now. */
  async function toldTo(
    account: string,
    { key, owner: handed }: Address,
    { id: contact, card }: ContactRow,
    { assignmentId: id, at, userId }: Assignment & { readonly userId: string },
  ): Promise<Write[]> {
    if (!(await connections.of(account))) return [];
    const before = card?.responsibleUserId ?? '';
    const about = { account, id, at, userId, subject: shortHash(key), contact, before };
    const news = { ...about, ...(handed !== undefined && { handed }) };
    await assignRows.makeRoom(news);
    return assignRows.writesOf(news);
  }

  /** The change of a contact that Konvert keeps, with its deal and all its addresses. */
  async function ofOwn(contact: ContactRow, userId: string | undefined, next: NextOf): Promise<SightChange> {
    const deal = await ownDeal(deals, contact);
    const changed = { ...contact, ...withUser(contact, deal, userId) };
    const given = (await ownAddresses([changed])).map(({ address }) => ({ address, next: next(changed) }));
    const more = deal
      ? deals.writes(contact.account, deal, { ...toDeal(deal), responsibleUserId: userId ?? '' }, deal.id)
      : [];
    return { contacts: [{ before: contact, after: stateOf(changed) }], given, more };
  }

  return async function moving(account, address, { userId, record: about, had }) {
    const { at } = about;
    const contact = address.contact && (await contacts.load(account, address.contact.id));
    const isOwn = contact?.card !== undefined && contact.own !== undefined;
    if (userId === undefined && !isOwn) return undefined;
    const contactId = contact?.id ?? ownIds(address, address.decidedAt ?? at).contact;
    const record = { ...about, contactId, userId: userId ?? null };
    const owner = userId === undefined ? {} : { owner: userId };
    const since = userId === undefined ? null : at;
    // Who had the client is noted at each address, because the client may wait in the chats of all.
    const next: NextOf = (row) => ({ ...givenBy(row, owner), since, ...(had && { had }) });
    const { writes, lanes } = await recording(account, address, record);
    const toCrm = (await connections.of(account)) ? [connectorLane(account)] : [];
    const change = async (): Promise<SightChange> => {
      if (contact && isOwn) return ofOwn(contact, userId, next);
      const user = userId ?? '';
      if (!contact?.card) {
        const made = { viewers: [user], owner: user, decidedAt: address.decidedAt ?? at, since, ...(had && { had }) };
        return { contacts: [], given: [{ address, next: made }], more: [] };
      }
      // The contact is part of the change, so that a deal that is pushed at the same moment is not overlooked.
      const unchanged = { before: contact, after: stateOf(contact) };
      const more = await toldTo(account, address, contact, { ...record, userId: user });
      return { contacts: [unchanged], given: [{ address, next: next(contact) }], more };
    };
    const { more, ...changed } = await change();
    return { change: { ...changed, more: [...more, ...writes] }, lanes: [...lanes, ...toCrm] };
  };
}

/** What each address of the contact becomes. */
type NextOf = (contact: ContactRow) => AddressChange;

/** The contact that Konvert keeps, with another responsible user or with none, of its own deal too while that is open. */
function withUser(contact: ContactRow, deal: DealRow | undefined, userId: string | undefined) {
  const { [deal?.id ?? '']: _, ...others } = contact.deals;
  const isOpen = deal !== undefined && !deal.closed;
  return {
    ...stateOf(contact),
    ...(contact.card && { card: { ...contact.card, responsibleUserId: userId ?? '' } }),
    deals: isOpen && userId !== undefined ? { ...contact.deals, [deal.id]: userId } : isOpen ? others : contact.deals,
  };
}
