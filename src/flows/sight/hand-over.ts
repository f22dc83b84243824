import { addressKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import type { ChatId } from '#domain/message';
import { assigned, createTeamNews } from '#flows/team-news';
import { createCrmConnections } from '#store/accounts/crms';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createAssignments } from '#store/clients/assignments';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals, toDeal } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createAssignRows } from '#store/outbox/assign-rows';
import { connectorLane, eventLane } from '#store/outbox/lane-names';
import { createCommit } from './commit.ts';
import { givenBy } from './give.ts';
import { ownDeal, ownIds } from './own-records.ts';
import { untilDone } from './until-done.ts';

/** The user who becomes responsible, and by which rule. */
export interface HandOverTo {
  readonly userId: string;
  readonly rule: 'handed-over' | 'first-reply';
}

/** Makes the user responsible for the client of the chat, on all channels of that messenger, and records it (D9). */
export type HandOver = (account: string, chat: ChatId, to: HandOverTo) => Promise<void>;

/**
 * Makes `handOver`, which rings the lanes of what it tells. A contact that Konvert keeps changes with the address. A CRM's contact stays as it is, and takes the
 * address back when the CRM pushes it again.
 */
export function createHandOver(
  deps: StoreDeps,
  ring: (lane: string) => Promise<void> = async () => undefined,
): HandOver {
  const { clock, newId } = deps;
  const assignments = createAssignments(deps);
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const connections = createCrmConnections(deps);
  const assignRows = createAssignRows(deps);
  const addresses = createAddresses(deps);
  const teamNews = createTeamNews(deps);
  const { commit, ownAddresses } = createCommit(deps);

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

  return async function handOver(account, { channelId, chatType, chatId }, { userId, rule }) {
    const at = clock.now();
    const record = {
      assignmentId: newId(),
      at,
      channelId,
      chatType,
      chatId,
      userId,
      rule,
      place: null,
      passedOver: [],
    };
    const key = addressKey(account, chatType, chatId);
    let isTold = false;
    await untilDone('An address', async () => {
      const address = await addresses.get(key);
      const contact = address.contact && (await contacts.load(account, address.contact.id));
      const contactId = contact?.id ?? ownIds(address, address.decidedAt ?? at).contact;
      const told = await teamNews.writesOf(account, [assigned({ ...record, contactId })]);
      isTold = told.length > 0;
      const recorded = [...assignments.writesFor(account, address.key, { ...record, contactId }), ...told];
      if (!contact?.card) {
        const next = { viewers: [userId], owner: userId, decidedAt: address.decidedAt ?? at };
        return commit({ contacts: [], given: [{ address, next }], more: recorded });
      }
      if (contact.own === undefined) {
        // The contact is part of the change, so that a deal that is pushed at the same moment is not overlooked.
        const unchanged = { before: contact, after: stateOf(contact) };
        const next = givenBy(contact, { owner: userId });
        const toldCrm = await toldTo(account, address, contact, { id: record.assignmentId, at, userId });
        return commit({ contacts: [unchanged], given: [{ address, next }], more: [...recorded, ...toldCrm] });
      }
      const deal = await ownDeal(deals, contact);
      const after = {
        ...stateOf(contact),
        card: { ...contact.card, responsibleUserId: userId },
        deals: deal && !deal.closed ? { ...contact.deals, [deal.id]: userId } : contact.deals,
      };
      const moved = deal ? deals.writes(account, deal, { ...toDeal(deal), responsibleUserId: userId }, deal.id) : [];
      const changed = { ...contact, ...after };
      const next = givenBy(changed, { owner: userId });
      const given = (await ownAddresses([changed])).map(({ address }) => ({ address, next }));
      return commit({ contacts: [{ before: contact, after }], given, more: [...moved, ...recorded] });
    });
    if (await connections.of(account)) await ring(connectorLane(account));
    if (isTold) await ring(eventLane(account));
  };
}
