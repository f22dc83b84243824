import { eachAtOnce } from '#at-once';
import type { CrmConnection } from '#domain/crm';
import { RUN_MS } from '#domain/delivery';
import type { Step } from '#flows/delivery/run-lane';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import { createCrmConnections } from '#store/accounts/crms';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import { createKept } from '#store/directory/kept';
import type { StoreDeps } from '#store/dynamo/client';

const PAGE = 100;
const AT_ONCE = 16;

/**
 * Makes `forgetFormer`, which takes contacts and deals of a portal that was connected before out of the directory (ADR 88).
 * Clients and chats stay. What was cut off goes on from the beginning: what is gone is not found again.
 */
export function createForgetFormer(deps: StoreDeps) {
  const { clock } = deps;
  const kept = createKept(deps);
  const deals = createDeals(deps);
  const contacts = createContacts(deps);
  const connections = createCrmConnections(deps);
  const { removeContact } = createContactChanges(deps);
  const { removeDeal } = createDealChanges(deps);

  return async function forgetFormer(connection: CrmConnection, isStillHeld: () => Promise<boolean>): Promise<Step> {
    const { account } = connection;
    const until = clock.now() + RUN_MS / 2;
    // A row of a contact of whom only deals tell is gone with the last of them.
    for (const type of ['deal', 'contact'] as const) {
      for (let after: string | undefined, isMore = true; isMore; ) {
        if (!(await isStillHeld())) return { kind: 'stop' };
        if (clock.now() > until) return { kind: 'next' };
        const page: Awaited<ReturnType<typeof kept.idsAfter>> = await kept.idsAfter(account, type, after, PAGE);
        const ids = type === 'deal' ? await ofCrm(account, page.ids) : page.ids;
        await eachAtOnce(ids, AT_ONCE, (id) =>
          type === 'deal' ? removeDeal(account, id) : removeContact(account, id),
        );
        after = page.next;
        isMore = after !== undefined;
      }
    }
    await connections.noteForgotten(connection);
    return { kind: 'next' };
  };

  /** Deals of contacts that Konvert made itself belong to no portal. */
  async function ofCrm(account: string, ids: readonly string[]): Promise<readonly string[]> {
    const found = await deals.getAll(account, ids);
    const rows = await contacts.loadAll(account, [...new Set(found.flatMap((deal) => deal.contacts))]);
    const own = new Set(rows.filter((row) => row.own !== undefined).map(({ id }) => id));
    return found.filter((deal) => !deal.contacts.some((id) => own.has(id))).map(({ id }) => id);
  }
}
