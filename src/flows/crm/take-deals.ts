import { eachAtOnce } from '#at-once';
import type { Asked } from '#crms/crm';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import { isEnquiryKey } from '#domain/enquiry';
import { createDealChanges } from '#flows/sight/push-deal';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { createNews, type DirtyRow } from '#store/outbox/news';
import type { CallCrm } from './calls.ts';
import { endOf, got } from './connector-calls.ts';
import { storedDeal } from './push-found.ts';

/** The mark of a contact or a deal. */
export type EntityRow = DirtyRow & { readonly dirty: Ref };

/** A mark, and what the CRM says of what it names. */
export interface ReadRow {
  readonly row: EntityRow;
  readonly asked: Asked<CrmContact | CrmDeal>;
}

/** `isTaken` is false if it has to be looked at again. */
export interface TakenDeal {
  readonly row: EntityRow;
  readonly isTaken: boolean;
}

const AT_ONCE = 16;

/** Follows deals of a connected CRM. Kept are those of contacts that are kept, and those that were kept before. */
export function createTakeDeals(deps: StoreDeps) {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const news = createNews(deps);
  const { pushDeal, removeDeal } = createDealChanges(deps);

  return async function takeDeals(
    account: string,
    read: readonly ReadRow[],
    call: CallCrm,
  ): Promise<readonly TakenDeal[]> {
    if (read.length === 0) return [];
    const named = read.flatMap(({ asked }) =>
      asked.kind === 'ok' && asked.value.type === 'deal' ? asked.value.contacts : [],
    );
    const [kept, stored] = await Promise.all([
      contacts.loadAll(account, [...new Set(named)]),
      deals.getAll(
        account,
        read.map(({ row }) => row.dirty.id),
      ),
    ]);
    const known = {
      contacts: new Set(kept.filter(({ card }) => card).map(({ id }) => id)),
      deals: new Set(stored.map(({ id }) => id)),
    };
    const taken: TakenDeal[] = [];
    await eachAtOnce(read, AT_ONCE, async ({ row, asked }) => {
      taken.push({ row, isTaken: await takeDeal(account, row.dirty.id, asked as Asked<CrmDeal>, known, call) });
    });
    return taken;
  };

  /** False if its heir could not be read: then it is looked at again. */
  async function takeDeal(
    account: string,
    id: string,
    asked: Asked<CrmDeal>,
    known: { readonly contacts: ReadonlySet<string>; readonly deals: ReadonlySet<string> },
    call: CallCrm,
  ): Promise<boolean> {
    if (asked.kind === 'ok') {
      const isKnown = known.deals.has(id) || asked.value.contacts.some((contact) => known.contacts.has(contact));
      if (isKnown) await pushDeal(account, storedDeal(asked.value));
      // A request of a client may have left the inbox, and its hook may be lost.
      else if (isEnquiryKey(asked.value.key)) await news.mark(account, [{ type: 'enquiry', id }]);
      return true;
    }
    if ((asked.kind !== 'gone' && asked.kind !== 'moved') || !known.deals.has(id)) return true;
    if (asked.kind === 'moved') {
      const heir = got(await call((crm, session) => crm.read(session, [{ type: 'deal', id: asked.to }])));
      if ('end' in heir) return false;
      const [found] = heir.value;
      if (endOf(found)) return false;
      if (found?.kind === 'ok' && found.value.type === 'deal') await pushDeal(account, storedDeal(found.value));
    }
    await removeDeal(account, id);
    return true;
  }
}
