import type { Failed } from '#crms/crm';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import type { Address } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { type Did, endOf, errorOf, got, laneEnd, NEXT } from './connector-calls.ts';
import { createPushFound } from './push-found.ts';

type Assign = RowOf<'assign'>;

/**
 * Tells the connected CRM who is responsible for a contact since a decision of Konvert's own rules: for the contact, and
 * for its open deals that belonged to the former user. If the CRM named somebody else meanwhile, its word counts.
 */
export function createTellAssign(deps: StoreDeps) {
  const rows = createRows(deps);
  const pushFound = createPushFound(deps);

  return async function tellAssign(row: Assign, call: CallCrm): Promise<Did> {
    return tell(row, row.contact, call);
  };

  async function tell(row: Assign, contactId: string, call: CallCrm): Promise<Did> {
    const { userId, before = '', handed = '' } = row;
    const read = got(await call((crm, session) => crm.read(session, [{ type: 'contact', id: contactId }])));
    if ('end' in read) return read.end;
    const [contact] = read.value;
    const unread = endOf(contact);
    if (unread) return unread;
    if (contact?.kind === 'moved') return tell(row, contact.to, call);
    if (contact?.kind !== 'ok' || contact.value.type !== 'contact') return done(row);
    const deals = got(await call((crm, session) => crm.dealsOf(session, contactId)));
    if ('end' in deals) return deals.end;
    const isFree = (user: string) => ['', before, handed].includes(user);
    const { responsibleUserId } = contact.value;
    if (responsibleUserId !== userId && !isFree(responsibleUserId)) {
      return keep(row, contact.value, deals.value);
    }
    const moving = deals.value.filter((deal) => !deal.closed && isFree(deal.responsibleUserId));
    const refs: Ref[] = [
      ...(responsibleUserId === userId ? [] : [{ type: 'contact' as const, id: contactId }]),
      ...moving.map(({ id }) => ({ type: 'deal' as const, id })),
    ];
    for (const ref of refs) {
      const asked = await call((crm, session) => crm.assign(session, ref, userId));
      if (asked.kind === 'ok' || asked.kind === 'gone' || asked.kind === 'moved') continue;
      const end = laneEnd(asked);
      if (end) return end;
      await rows.markFailed(row, errorOf(asked as Failed));
      return NEXT;
    }
    const moved = new Set(moving.map(({ id }) => id));
    return keep(
      row,
      { ...contact.value, responsibleUserId: userId },
      deals.value.map((deal) => (moved.has(deal.id) ? { ...deal, responsibleUserId: userId } : deal)),
    );
  }

  async function keep(row: Assign, contact: CrmContact, deals: readonly CrmDeal[]): Promise<Did> {
    // Who was handed over once more meanwhile has a row of their own.
    const isLater = ({ owner }: Address) => owner !== undefined && owner !== row.userId;
    await pushFound(
      row.account,
      contact,
      deals,
      (address) => contact.responsibleUserId === row.userId && isLater(address),
    );
    return done(row);
  }

  async function done(row: Assign): Promise<Did> {
    await rows.markDone(row);
    return NEXT;
  }
}
