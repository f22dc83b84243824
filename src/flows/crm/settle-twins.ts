import type { Bells } from '#bells';
import type { Carrier } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Made } from '#domain/creation';
import { idsOfMade } from '#domain/creation';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { oldest } from './carriers.ts';
import { createClientParts } from './client-parts.ts';
import { type Did, endOf, got, laneEnd, NEXT } from './connector-calls.ts';
import { createPushFound } from './push-found.ts';
import { createTellTwins } from './tell-twins.ts';

type Creation = RowOf<'creation'>;

/**
 * Looks once more what carries the keys of a creation of which a call had no answer. Of two the older is ours. The younger
 * is removed if nobody touched it. Else the row fails as `TWIN`, with links to both, so that a person decides.
 */
export function createSettleTwins(deps: StoreDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<'news'> }) {
  const rows = createRows(deps);
  const tellTwins = createTellTwins(deps);
  const pushFound = createPushFound(deps);
  const { lookFor } = createClientParts(deps);
  const { removeContact } = createContactChanges(deps);
  const { removeDeal } = createDealChanges(deps);

  return async function settleTwins(row: Creation, made: Made, call: CallCrm): Promise<Did> {
    const { account } = row;
    const looked = await lookFor(row, row.ids, row.firstSendingAt ?? 0, call);
    if ('end' in looked) return looked.end;
    const kept = await keptOf(looked.value, made, call);
    if ('end' in kept) return kept.end;
    const ours = kept.value;
    // A deal that is removed is one reason less to keep its contact.
    const younger = (['deal', 'contact'] as const).flatMap((type) =>
      looked.value.filter((one) => one.type === type && ours[type] !== undefined && one.id !== ours[type]),
    );
    if (younger.length === 0) return done(row, made);
    if (younger.some(({ isUntouched }) => !isUntouched)) return tellTwins(row, ours, younger);
    const heirs = await pushKept(account, ours, call);
    if (heirs) return heirs;
    for (const twin of younger) {
      const removed = await call((crm, session) => crm.remove(session, { type: twin.type, id: twin.id }));
      const end = removed.kind === 'ok' || removed.kind === 'gone' ? undefined : laneEnd(removed);
      if (end) return end;
      if (removed.kind !== 'ok' && removed.kind !== 'gone') return tellTwins(row, ours, younger);
      await (twin.type === 'contact' ? removeContact(account, twin.id) : removeDeal(account, twin.id));
    }
    return done(row, made);
  };

  /** What stays: the oldest that carries the key; else what was made, or what that was merged into. */
  async function keptOf(carriers: readonly Carrier[], made: Made, call: CallCrm) {
    const [contactId, dealId] = [oldest(carriers, 'contact')?.id, oldest(carriers, 'deal')?.id ?? made.deal?.id];
    if (carriers.some(({ id }) => id === made.contact.id)) {
      return { value: { contact: contactId, deal: dealId } };
    }
    const read = got(await call((crm, session) => crm.read(session, [{ type: 'contact', id: made.contact.id }])));
    if ('end' in read) return read;
    const [contact] = read.value;
    const unread = endOf(contact);
    if (unread) return { end: unread };
    const heir = contact?.kind === 'ok' ? made.contact.id : contact?.kind === 'moved' ? contact.to : undefined;
    return { value: { contact: heir ?? contactId, deal: dealId } };
  }

  /** The contact that stays gets the address before a twin that a hook may have brought is removed. */
  async function pushKept(account: string, { contact }: { contact?: string | undefined }, call: CallCrm) {
    if (contact === undefined) return undefined;
    const read = got(await call((crm, session) => crm.read(session, [{ type: 'contact', id: contact }])));
    if ('end' in read) return read.end;
    const [one] = read.value;
    const unread = endOf(one);
    if (unread) return unread;
    if (one?.kind !== 'ok' || one.value.type !== 'contact') return undefined;
    const deals = got(await call((crm, session) => crm.dealsOf(session, contact)));
    if ('end' in deals) return deals.end;
    await pushFound(account, one.value, deals.value);
    return undefined;
  }

  async function done(row: Creation, made: Made): Promise<Did> {
    await rows.markDone(row, idsOfMade(made));
    return NEXT;
  }
}
