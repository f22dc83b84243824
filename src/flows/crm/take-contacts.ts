import type { Asked } from '#crms/crm';
import { addressKeys } from '#domain/address';
import type { CrmContact, CrmDeal } from '#domain/crm';
import type { ContactData } from '#domain/directory';
import { isEnquiryKey } from '#domain/enquiry';
import { createContactChanges } from '#flows/sight/push-contact';
import { createAddresses } from '#store/clients/addresses';
import { type ContactRow, createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { createNews, type DirtyRow } from '#store/outbox/news';
import type { CallCrm } from './calls.ts';
import { type Did, endOf, got, gotAll } from './connector-calls.ts';
import { firstThere } from './first-there.ts';
import { createPushFound, matchesOf } from './push-found.ts';

/** How long a contact that is gone may still be in the middle of a merge (ms). */
export const HEIR_MS = 10_000;

/** What became of an entity that was read. `later`: it is looked at again. `failed`: the CRM takes no calls. */
export type Took =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly dueAt: number; readonly goneAt?: number }
  | { readonly kind: 'failed'; readonly end: Did };

/** What the CRM refuses for good is asked for again after so long (ms). It holds up nothing else. */
export const REFUSED_MS = 600_000;

const MOST_HITS = 10;

const DONE: Took = { kind: 'done' };
const CARRIED: Asked<void> = { kind: 'ok', value: undefined };

/** What is known here of a contact that was read, and of its addresses. */
interface Known {
  readonly row: ContactRow;
  /** It was handed over here, and the CRM was not told yet. */
  readonly isHandedOver: boolean;
}

/**
 * Follows contacts of a connected CRM. Konvert keeps those whom it knows and those who have an address of a client; of all
 * others the CRM is asked when they write (D1).
 */
export function createTakeContacts(deps: StoreDeps) {
  const { clock } = deps;
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const addresses = createAddresses(deps);
  const { removeContact } = createContactChanges(deps);
  const news = createNews(deps);
  const pushFound = createPushFound(deps);

  /** Follows what was read of the contact. */
  async function takeContact(
    account: string,
    { goneAt }: DirtyRow,
    read: Asked<CrmContact>,
    known: Known,
    call: CallCrm,
  ): Promise<Took> {
    if (read.kind === 'ok') return follow(account, read.value, known, goneAt, call);
    if (!known.row.card || known.row.own !== undefined) return DONE;
    if (read.kind === 'moved') return inherit(account, read.to, known.row, goneAt, call);
    return read.kind === 'gone' ? leave(account, known.row, goneAt, call) : DONE;
  }

  async function follow(
    account: string,
    contact: CrmContact,
    { row, isHandedOver }: Known,
    goneAt: number | undefined,
    call: CallCrm,
  ): Promise<Took> {
    if (row.card && row.own === undefined) {
      const heirs = await pushHeirs(account, lostOf(account, row.card, contact), contact.id, call);
      if ('failed' in heirs) return heirs.failed;
      const later = heirs.without.length > 0 ? untilHeirs(goneAt) : undefined;
      const contactData = [...contact.contactData, ...(later ? heirs.without : [])];
      await pushFound(account, { ...contact, contactData }, [], () => isHandedOver);
      return later ?? DONE;
    }
    // What was made for a request in the inbox is no contact before somebody has taken it (D5).
    if (isEnquiryKey(contact.key) && (await isInInbox(account, contact))) return DONE;
    if (!(await isWanted(account, contact))) return DONE;
    return adopt(account, contact, call, isHandedOver);
  }

  /** Whether it belongs to a request of a client. That may have been taken meanwhile, which its deal tells. */
  async function isInInbox(account: string, { contactData, key }: CrmContact): Promise<boolean> {
    const clients = await addresses.getAll(addressKeys(account, contactData));
    const client = clients.find(({ contact, enquiry }) => !contact && enquiry?.ids.contact === key);
    const deal = client?.enquiry?.made?.deal;
    if (deal !== undefined) await news.mark(account, [{ type: 'enquiry', id: deal }]);
    return client !== undefined;
  }

  /** The CRM says who inherits: the heir is stored first, so that no address is nobody's in between. */
  async function inherit(
    account: string,
    to: string,
    row: ContactRow,
    goneAt: number | undefined,
    call: CallCrm,
  ): Promise<Took> {
    const read = got(await call((crm, session) => crm.read(session, [{ type: 'contact', id: to }])));
    if ('end' in read) return failed(read.end);
    const [heir] = read.value;
    const unread = endOf(heir);
    if (unread) return failed(unread);
    if (heir?.kind === 'moved' && heir.to !== to) return inherit(account, heir.to, row, goneAt, call);
    // The heir was merged or deleted meanwhile.
    if (heir?.kind !== 'ok' || heir.value.type !== 'contact') return leave(account, row, goneAt, call);
    const carried = await carry(account, row, heir.value, call);
    if ('failed' in carried) return carried.failed;
    const took = await adopt(account, carried.heir, call);
    return took.kind === 'done' ? remove(account, row, call) : took;
  }

  /** A merge keeps one value of a field, so addresses of clients that the loser alone had are written to the heir. */
  async function carry(
    account: string,
    { id, card }: ContactRow,
    heir: CrmContact,
    call: CallCrm,
  ): Promise<{ readonly failed: Took } | { readonly heir: CrmContact }> {
    const dropped = await stillOf(account, id, lostOf(account, card, heir), true);
    if (dropped.length === 0) return { heir };
    const carried = got(await call(async (crm, session) => (await crm.carry?.(session, heir.id, dropped)) ?? CARRIED));
    if ('end' in carried && !(carried.end.kind === 'failing' && carried.end.refusal))
      return { failed: failed(carried.end) };
    return { heir: { ...heir, contactData: [...heir.contactData, ...dropped] } };
  }

  async function leave(account: string, row: ContactRow, goneAt: number | undefined, call: CallCrm): Promise<Took> {
    if (goneAt === undefined) {
      const heir = await heirOfDeals(account, row, call);
      if ('failed' in heir) return heir.failed;
      if (heir.id !== undefined) return inherit(account, heir.id, row, clock.now(), call);
    }
    return untilHeirs(goneAt) ?? remove(account, row, call);
  }

  /** Not every CRM says into which contact one was merged. Its deals do, if all that were its alone are another's alone now. */
  async function heirOfDeals(
    account: string,
    { id, deals: open }: ContactRow,
    call: CallCrm,
  ): Promise<{ readonly failed: Took } | { readonly id: string | undefined }> {
    const stored = await deals.getAll(account, Object.keys(open).slice(0, MOST_HITS));
    const refs = stored.flatMap((deal) =>
      deal.contacts.join() === id ? [{ type: 'deal' as const, id: deal.id }] : [],
    );
    if (refs.length === 0) return { id: undefined };
    const read = gotAll(await call((crm, session) => crm.read(session, refs)));
    if ('end' in read) return { failed: failed(read.end) };
    const now = read.value.flatMap((one) => (one.type === 'deal' ? [one.contacts] : []));
    const [heir, ...others] = new Set(now.map((contacts) => contacts.join()));
    const isOne = heir !== undefined && heir !== '' && others.length === 0 && now[0]?.length === 1 && heir !== id;
    return { id: isOne ? heir : undefined };
  }

  /** A CRM takes addresses from the loser of a merge a moment before it gives them to the winner. */
  function untilHeirs(goneAt: number | undefined): Took | undefined {
    const now = clock.now();
    const since = goneAt ?? now;
    return now < since + HEIR_MS ? { kind: 'later', dueAt: since + HEIR_MS, goneAt: since } : undefined;
  }

  /** Removes the contact, after those who have its addresses now are stored. */
  async function remove(account: string, { id, card }: ContactRow, call: CallCrm): Promise<Took> {
    const heirs = await pushHeirs(account, card?.contactData ?? [], id, call);
    if ('failed' in heirs) return heirs.failed;
    await removeContact(account, id);
    return DONE;
  }

  /** A refusal is of this contact alone. One that has gone meanwhile is looked at again soon. */
  function failed(end: Did): Took {
    const refusal = end.kind === 'failing' ? end.refusal : undefined;
    if (!refusal) return { kind: 'failed', end };
    return { kind: 'later', dueAt: clock.now() + (refusal.kind === 'refused' ? REFUSED_MS : HEIR_MS) };
  }

  /** Stores the contacts that have those addresses of clients now. `without` are the addresses that no other contact has. */
  async function pushHeirs(
    account: string,
    lost: readonly ContactData[],
    loser: string,
    call: CallCrm,
  ): Promise<{ readonly failed: Took } | { readonly without: readonly ContactData[] }> {
    const without: ContactData[] = [];
    for (const data of lost) {
      const [key] = addressKeys(account, [data]);
      if (key === undefined) continue;
      const address = await addresses.get(key);
      // Somebody else has it already, or nobody would draw a turn for it.
      if (address.contact?.id !== loser || address.chats.length === 0) continue;
      const found = got(await call((crm, session) => crm.find(session, data)));
      if ('end' in found) return { failed: failed(found.end) };
      const hits = matchesOf(address, found.value).filter(({ id }) => id !== loser);
      const ids = hits.map(({ id }) => id);
      const heir = await firstThere(address, ids, (refs) => call((crm, session) => crm.read(session, refs)));
      if ('end' in heir) return { failed: failed(heir.end) };
      if (!heir.value) without.push(data);
      const took = heir.value ? await adopt(account, heir.value, call) : DONE;
      if (took.kind !== 'done') return { failed: took };
    }
    return { without };
  }

  /** Stores the contact with its deals. What one that is kept loses stays with it until it is followed itself. */
  async function adopt(account: string, contact: CrmContact, call: CallCrm, isHandedOver = false): Promise<Took> {
    const found = got<readonly CrmDeal[]>(await call((crm, session) => crm.dealsOf(session, contact.id)));
    if ('end' in found) return failed(found.end);
    const { card, own } = await contacts.load(account, contact.id);
    const lost = own === undefined ? await stillOf(account, contact.id, lostOf(account, card, contact)) : [];
    if (lost.length > 0) await news.mark(account, [{ type: 'contact', id: contact.id }]);
    const contactData = [...contact.contactData, ...lost];
    await pushFound(account, { ...contact, contactData }, found.value, () => isHandedOver);
    return DONE;
  }

  /** Those of the addresses that no other contact has got meanwhile; `ofClients`: only those with chats. */
  async function stillOf(
    account: string,
    id: string,
    lost: readonly ContactData[],
    ofClients = false,
  ): Promise<ContactData[]> {
    if (lost.length === 0) return [];
    const found = await addresses.getAll(lost.map((data) => addressKeys(account, [data])[0] ?? ''));
    return lost.filter((_, index) => {
      const { contact, chats = [] } = found[index] ?? {};
      return contact?.id === id && (!ofClients || chats.length > 0);
    });
  }

  /**
   * Whether a contact that is not kept here has the address of a client that no other contact of the CRM has. Two contacts
   * with one address are the CRM's to merge: the first one stays.
   */
  async function isWanted(account: string, { contactData }: CrmContact): Promise<boolean> {
    const keys = addressKeys(account, contactData);
    if (keys.length === 0) return false;
    const ofClients = (await addresses.getAll(keys)).filter(({ chats }) => chats.length > 0);
    const owners = ofClients.flatMap(({ contact }) => (contact ? [contact.id] : []));
    if (owners.length < ofClients.length) return true;
    const rows = await contacts.loadAll(account, [...new Set(owners)]);
    return rows.some(({ card, own }) => !card || own !== undefined);
  }

  return { takeContact };
}

/** The addresses that the contact had and has no more. */
export function lostOf(
  account: string,
  card: ContactRow['card'],
  { contactData }: Pick<CrmContact, 'contactData'>,
): ContactData[] {
  const kept = new Set(addressKeys(account, contactData));
  return (card?.contactData ?? []).filter((data) => addressKeys(account, [data]).some((key) => !kept.has(key)));
}
