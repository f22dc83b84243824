import { isDeepStrictEqual } from 'node:util';
import type { Deal } from '#domain/directory';
import { type ContactRow, type ContactState, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals, type DealRow, isStored, toDeal } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { createCommit } from './commit.ts';
import { type Outcome, untilDone } from './until-done.ts';

export type DealChanges = ReturnType<typeof createDealChanges>;

/** Deals as a CRM pushes and deletes them. The responsible user of an open deal sees the chats of its contacts (R). */
export function createDealChanges(deps: StoreDeps) {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const { commit, ownAddresses } = createCommit(deps);

  /** Stores the deal, replacing the one with its id. */
  async function pushDeal(account: string, deal: Deal): Promise<void> {
    await mergeDeal(account, deal.id, () => deal);
  }

  /** Stores what `dealOf` makes of the deal as it is now, as if it had been pushed. */
  async function mergeDeal(account: string, id: string, dealOf: (now: Deal | undefined) => Deal): Promise<void> {
    await untilDone('A deal', async () => {
      const before = await deals.load(account, id);
      return changeDeal(account, id, before, dealOf(before && toDeal(before)));
    });
  }

  /** Deletes the deal. False if there is none. */
  async function removeDeal(account: string, id: string): Promise<boolean> {
    const outcome = await untilDone('A deal', async () => {
      const before = await deals.load(account, id);
      return before ? changeDeal(account, id, before, undefined) : 'absent';
    });
    return outcome === 'done';
  }

  async function changeDeal(
    account: string,
    id: string,
    before: DealRow | undefined,
    deal: Deal | undefined,
  ): Promise<Outcome> {
    const named = deal && !deal.closed ? deal.contacts : [];
    const rows = await contacts.loadAll(account, [...new Set([...(before?.contacts ?? []), ...named])]);
    const changes = rows
      .map((row) => ({
        before: row,
        after: withDeal(row, id, named.includes(row.id) ? deal?.responsibleUserId : undefined),
      }))
      .filter((change) => change.before.unsettled || !isDeepStrictEqual(change.before.deals, change.after.deals));
    if (changes.length === 0 && deal && isStored(before, deal)) return 'done';
    return commit({
      contacts: changes,
      given: await ownAddresses(changes.map((change) => ({ ...change.before, ...change.after }))),
      more: deals.writes(account, before, deal, id),
      // A deal may be of many contacts with many addresses, and changes the owner of none.
      addressesMayFollow: true,
    });
  }

  return { pushDeal, mergeDeal, removeDeal };
}

function withDeal(row: ContactRow, dealId: string, responsible: string | undefined): ContactState {
  const { [dealId]: _, ...others } = row.deals;
  return { ...stateOf(row), deals: responsible === undefined ? others : { ...others, [dealId]: responsible } };
}
