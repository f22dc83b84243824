import { shortHash } from '#domain/hash';
import type { Had } from '#domain/returns';
import { createCrmConnections } from '#store/accounts/crms';
import type { Address } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals, type DealRow, toDeal } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createAssignRows } from '#store/outbox/assign-rows';
import { connectorLane } from '#store/outbox/lane-names';
import { type Commit, createCommit, type SightChange } from './commit.ts';
import { givenBy } from './give.ts';
import { ownDeal, ownIds } from './own-records.ts';

/** Another user for a client whose address was decided, or none, and the record of it. */
export interface Move {
  /** Undefined: the client falls into the pool. Only one whose contact Konvert keeps can. */
  readonly userId: string | undefined;
  readonly record: Omit<Assignment, 'contactId' | 'userId'>;
  /** Those from whom the client was returned by now; none after the decision of a person. */
  readonly had?: readonly Had[];
}

/**
 * The change that gives the client of an address to another user, with contact and deal if Konvert keeps them, and with the
 * record (D9). Undefined if the client should fall into the pool and a CRM has the contact.
 */
export type Moving = (account: string, address: Address, move: Move) => Promise<SightChange | undefined>;

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

  /** The writes that tell a connected CRM whom its contact belongs to now. */
  async function toldTo(
    account: string,
    { key, owner: handed }: Address,
    { id: contact, card }: ContactRow,
    decision: { readonly id: string; readonly at: number; readonly userId: string },
  ): Promise<Write[]> {
    if (!(await connections.of(account))) return [];
    const before = card?.responsibleUserId ?? '';
    const news = { account, ...decision, subject: shortHash(key), contact, before, ...(handed && { handed }) };
    await assignRows.makeRoom(news);
    return assignRows.writesOf(news);
  }

  return async function moving(account, address, { userId, record, had }) {
    const { assignmentId: id, at } = record;
    const moved = { since: at, ...(had && { had }) };
    const contact = address.contact && (await contacts.load(account, address.contact.id));
    const contactId = contact?.id ?? ownIds(address, address.decidedAt ?? at).contact;
    const recorded = assignments.writesFor(account, address.key, { ...record, contactId, userId: userId ?? null });
    if (contact?.card && contact.own !== undefined) {
      const own = await ownDeal(deals, contact);
      const changed = { ...contact, ...withUser(contact, own, userId) };
      const { account: _, id: _id, version: _version, ...after } = changed;
      const dealt = own ? deals.writes(account, own, { ...toDeal(own), responsibleUserId: userId ?? '' }, own.id) : [];
      const next = givenBy(changed, userId === undefined ? {} : { owner: userId });
      const given = (await ownAddresses([changed])).map(({ address: one }) => ({
        address: one,
        next: one.key === address.key ? { ...next, ...moved } : { ...next, since: at },
      }));
      return { contacts: [{ before: contact, after }], given, more: [...dealt, ...recorded] };
    }
    if (userId === undefined) return undefined;
    if (!contact?.card) {
      const next = { viewers: [userId], owner: userId, decidedAt: address.decidedAt ?? at, ...moved };
      return { contacts: [], given: [{ address, next }], more: recorded };
    }
    // The contact is part of the change, so that a deal that is pushed at the same moment is not overlooked.
    const unchanged = { before: contact, after: stateOf(contact) };
    const next = { ...givenBy(contact, { owner: userId }), ...moved };
    const told = await toldTo(account, address, contact, { id, at, userId });
    return { contacts: [unchanged], given: [{ address, next }], more: [...recorded, ...told] };
  };
}

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

/** Rings the lane of the account's CRM, if one is connected. */
export function createRingCrm(deps: StoreDeps, ringCrm: (lane: string) => Promise<void>) {
  const connections = createCrmConnections(deps);
  return async (account: string): Promise<void> => {
    if (await connections.of(account)) await ringCrm(connectorLane(account));
  };
}
