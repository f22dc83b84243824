import type { Deal } from '#domain/directory';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';

/** Erases contacts and their deals. Answers how many deals went. */
export type EraseDeals = (account: string, contacts: readonly string[], until: number) => Promise<ErasedDeals>;

/** How many deals were erased, and whether some are left. */
export interface ErasedDeals {
  readonly deals: number;
  readonly left: boolean;
}

const AT_ONCE = 100;

/** Makes `eraseDeals`. A deal that is about other contacts too stays theirs, without the person. */
export function createEraseDeals(deps: StoreDeps): EraseDeals {
  const { clock } = deps;
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const { removeContact } = createContactChanges(deps);
  const { removeDeal, mergeDeal } = createDealChanges(deps);

  async function dealsOf(account: string, id: string): Promise<string[]> {
    const { deals: open } = await contacts.load(account, id);
    return [...new Set([...Object.keys(open), ...(await deals.closedOf(account, id, undefined, AT_ONCE))])];
  }

  /** True if the deal is gone by this; false if it is about others too, or was gone. */
  async function eraseDeal(account: string, dealId: string, ids: readonly string[]): Promise<boolean> {
    const deal = await deals.load(account, dealId);
    if (!deal?.contacts.some((one) => !ids.includes(one))) return removeDeal(account, dealId);
    const withoutThem = (now: Deal = deal) => ({ ...now, contacts: now.contacts.filter((one) => !ids.includes(one)) });
    await mergeDeal(account, dealId, withoutThem);
    return false;
  }

  return async function eraseDeals(account, ids, until) {
    let erased = 0;
    for (const id of ids) {
      await removeContact(account, id);
      let found = await dealsOf(account, id);
      for (let isMore = true; isMore; ) {
        for (const dealId of found) {
          if (await eraseDeal(account, dealId, ids)) erased += 1;
          if (clock.now() >= until) return { deals: erased, left: true };
        }
        const next = await dealsOf(account, id);
        // One of which only the contact still knows goes with the contact.
        isMore = next.some((dealId) => !found.includes(dealId));
        found = next;
      }
    }
    return { deals: erased, left: false };
  };
}
