import { addressKeys } from '#domain/address';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import { isUnowned } from '#domain/ownership';
import { type Address, createAddresses, type Enquiry } from '#store/clients/addresses';
import { createEnquiries } from '#store/clients/enquiries';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import type { CallCrm } from './calls.ts';
import { type Did, type Got, got, gotAll, NEXT } from './connector-calls.ts';
import { createPushFound } from './push-found.ts';

/** A request that may have been accepted in the CRM, by its deal. `userId` accepted it, as far as a hook told. */
export interface RungEnquiry {
  readonly id: string;
  readonly userId?: string | undefined;
}

/** A deal with its contacts, as the CRM has them. */
interface Read {
  readonly deal: CrmDeal;
  readonly contacts: readonly CrmContact[];
}

/**
 * Follows a request that was accepted in the CRM: who accepted it becomes responsible, unless somebody is already (D5). While it
 * stands in the inbox nothing follows from it, and after a refusal the client goes on waiting in the pool.
 */
export function createTakeEnquiry(deps: StoreDeps) {
  const addresses = createAddresses(deps);
  const enquiries = createEnquiries(deps);
  const users = createUsers(deps);
  const pushFound = createPushFound(deps);

  return async function takeEnquiry(account: string, { id, userId }: RungEnquiry, call: CallCrm): Promise<Did> {
    const read = await readBoth(id, call);
    if ('end' in read) return read.end;
    if (!read.value) return NEXT;
    const { deal, contacts } = read.value;
    const found = await clientOf(account, deal, contacts);
    if (!found) return NEXT;
    const { address, enquiry } = found;
    const acceptedBy = userId !== undefined && (await isKnown(account, userId)) ? userId : undefined;
    if (acceptedBy !== undefined) await enquiries.noteAccepted(address, enquiry, acceptedBy);
    // The row of the decision takes the request out of the inbox, or finds that somebody else was faster.
    if (!isUnowned(address)) return NEXT;
    // The row that asked for it does not know yet what was made.
    if (!enquiry.made) return NEXT;
    const { uid } = enquiry.made;
    const open = uid === undefined ? { value: false } : await isOpen(uid, call);
    if ('end' in open) return open.end;
    if (open.value) return NEXT;
    const taken = acceptedBy === undefined ? await userOf(id, call) : { value: acceptedBy };
    if ('end' in taken) return taken.end;
    const user = taken.value;
    // It was declined.
    if (user === undefined) return NEXT;
    if (user !== '') {
      const why = { userId: user, rule: 'unsorted' as const, chatKey: enquiry.chatKey, place: null, passedOver: [] };
      // Contact and deal follow from the decision.
      await addresses.decide(address, why);
      return NEXT;
    }
    const [contact] = contacts;
    if (contact) await pushFound(account, contact, [deal]);
    return NEXT;
  };

  /** Undefined if it is gone, as after a refusal. */
  async function readBoth(id: string, call: CallCrm): Promise<Got<Read | undefined>> {
    const deals = await readAll([{ type: 'deal', id }], call);
    if ('end' in deals) return deals;
    const [deal] = deals.value;
    if (deal?.type !== 'deal') return { value: undefined };
    const refs = deal.contacts.map((contact) => ({ type: 'contact' as const, id: contact }));
    const read = await readAll(refs, call);
    if ('end' in read) return read;
    return { value: { deal, contacts: read.value.filter((one) => one.type === 'contact') } };
  }

  /** The user of the deal, which is read anew: whoever accepted the request after the first time has it by now. */
  async function userOf(id: string, call: CallCrm): Promise<Got<string | undefined>> {
    const read = await readAll([{ type: 'deal', id }], call);
    return 'end' in read ? read : { value: read.value[0]?.responsibleUserId };
  }

  async function readAll(refs: readonly Ref[], call: CallCrm): Promise<Got<(CrmContact | CrmDeal)[]>> {
    if (refs.length === 0) return { value: [] };
    return gotAll(await call((crm, session) => crm.read(session, refs)));
  }

  async function isOpen(uid: string, call: CallCrm) {
    return got(
      await call(async (crm, session) =>
        crm.unsorted ? crm.unsorted.isOpen(session, uid) : ({ kind: 'ok', value: false } as const),
      ),
    );
  }

  /** The client whose request the deal is. */
  async function clientOf(
    account: string,
    { id, key }: CrmDeal,
    contacts: readonly CrmContact[],
  ): Promise<{ readonly address: Address; readonly enquiry: Enquiry } | undefined> {
    const keys = addressKeys(
      account,
      contacts.flatMap(({ contactData }) => contactData),
    );
    for (const address of await addresses.getAll(keys)) {
      const { contact, enquiry } = address;
      if (!contact && enquiry && (enquiry.made?.deal === id || enquiry.ids.deal === key)) return { address, enquiry };
    }
    return undefined;
  }

  async function isKnown(account: string, userId: string): Promise<boolean> {
    return (await users.get(account, userId)) !== undefined;
  }
}
