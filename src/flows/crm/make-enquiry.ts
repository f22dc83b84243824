import type { Bells } from '#bells';
import type { Carrier, Failed, Wanted } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import { isNewClient } from '#flows/decide';
import { type Address, createAddresses, type Enquiry } from '#store/clients/addresses';
import { createEnquiries } from '#store/clients/enquiries';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { madeBy } from './carriers.ts';
import { createClientParts } from './client-parts.ts';
import { type Did, laneEnd, NEXT } from './connector-calls.ts';
import { createRefusals } from './refusals.ts';
import { createTakeEnquiry } from './take-enquiry.ts';
import { createTellTwins } from './tell-twins.ts';

type Creation = RowOf<'creation'>;
type MadeEnquiry = NonNullable<Enquiry['made']>;

const NO_INBOX: Failed = { kind: 'gone' };

/**
 * Makes the request of a new client in the inbox of the connected CRM, once (D5). What was made stands on the address
 * before the row ends. After a call without an answer nothing is made before it was looked whether that call made it.
 */
export function createMakeEnquiry(deps: StoreDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<'news'> }) {
  const addresses = createAddresses(deps);
  const enquiries = createEnquiries(deps);
  const rows = createRows(deps);
  const refusals = createRefusals(deps);
  const takeEnquiry = createTakeEnquiry(deps);
  const tellTwins = createTellTwins(deps);
  const parts = createClientParts(deps);
  const { lookFor, lookAfter, askToMake, lookForTwinsLater, adoptFound, findContact, wantedOf } = parts;

  return async function makeEnquiry(row: Creation, call: CallCrm): Promise<Did> {
    const address = await addresses.get(row.address);
    const { enquiry } = address;
    // The contact of the client came and went meanwhile, or another CRM is connected.
    if (enquiry?.ids.contact !== row.ids.contact) return done(row);
    if (row.firstSendingAt !== undefined) return lookFirst(row, address, enquiry, call);
    if (enquiry.made || !isNewClient(address)) return done(row);
    return findFirst(row, address, enquiry, call);
  };

  /** An earlier call may have made it: after some time what carries the keys tells. */
  async function lookFirst(row: Creation, address: Address, enquiry: Enquiry, call: CallCrm): Promise<Did> {
    const looked = await lookAfter(row, call);
    if ('end' in looked) return looked.end;
    const { carriers, unclear } = looked.value;
    const made = enquiry.made ?? madeBy(carriers);
    if (!made && isNewClient(address) && !row.isKept) return findFirst(unclear, address, enquiry, call);
    if (!made) return end(unclear);
    if (!enquiry.made) await enquiries.noteMade(address, enquiry, made);
    // Somebody in the CRM has accepted it already.
    if (made.uid === undefined && made.deal !== undefined) {
      const did = await takeEnquiry(row.account, { id: made.deal, userId: enquiry.acceptedBy }, call);
      if (did.kind !== 'next') return did;
    }
    const ours = { contact: made.contact, deal: made.deal };
    const younger = carriers.filter(({ type, id }) => ours[type] !== undefined && ours[type] !== id);
    // The client got another contact without it, because it was found too late to be taken.
    const contact = address.contact?.id;
    const late = contact !== undefined && contact !== made.contact ? carriersOf(carriers, made) : [];
    if (row.isKept && late.length > 0) return tellTwins(row, { contact }, late);
    return younger.length > 0 && row.isKept ? tellTwins(row, ours, younger) : end(unclear);
  }

  /** A client whom the CRM has is no request: the contact's responsible user gets them (D8). */
  async function findFirst(row: Creation, address: Address, enquiry: Enquiry, call: CallCrm): Promise<Did> {
    const found = await findContact(row, address, call);
    if ('end' in found) return found.end;
    if (found.value) return (await adoptFound(row, found.value, call)) ?? end(row);
    return add(row, address, enquiry, await wantedOf(row, address, undefined), call);
  }

  async function add(row: Creation, address: Address, enquiry: Enquiry, wanted: Wanted, call: CallCrm): Promise<Did> {
    const { asked, marked } = await askToMake(
      row,
      undefined,
      async (crm, session) => crm.unsorted?.add(session, wanted) ?? NO_INBOX,
      call,
    );
    if (asked.kind === 'ok') {
      const { contactId: contact, dealId: deal, uid } = asked.value;
      await enquiries.noteMade(address, enquiry, { contact, ...(deal && { deal }), ...(uid && { uid }) });
      return end(marked);
    }
    return laneEnd(asked) ?? refused(row, address, enquiry, wanted, asked as Failed, call);
  }

  /** What the CRM refused for good. The client waits in the pool as in mode first-reply (D6). */
  async function refused(
    row: Creation,
    address: Address,
    enquiry: Enquiry,
    wanted: Wanted,
    failed: Failed,
    call: CallCrm,
  ): Promise<Did> {
    // The account has no inbox.
    if (failed.kind !== 'refused') return end(row);
    const { code } = failed;
    if (code === 'STAGE_GONE' && wanted.pipelineId !== undefined) {
      const { pipelineId: _, stageId: _stage, ...rest } = wanted;
      return add(row, address, enquiry, rest, call);
    }
    // One that a list did not show yet is refused the second time.
    if (code === 'INVALID' && row.isUnclear) {
      const looked = await lookFor(row, row.ids, row.firstSendingAt ?? 0, call);
      if ('end' in looked) return looked.end;
      const made = madeBy(looked.value);
      if (made) {
        await enquiries.noteMade(address, enquiry, made);
        return end(row);
      }
    }
    return refusals.end(row, failed);
  }

  /** The row ends, or is looked at for twins once more if a call had no answer. */
  async function end(row: Creation): Promise<Did> {
    if (!row.isUnclear || row.isKept) return done(row);
    return lookForTwinsLater(row);
  }

  async function done(row: Creation): Promise<Did> {
    await rows.markDone(row);
    return NEXT;
  }
}

function carriersOf(carriers: readonly Carrier[], { contact }: MadeEnquiry): Carrier[] {
  return carriers.filter(({ type, id }) => type === 'contact' && id === contact);
}
