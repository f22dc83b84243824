import type { Bells } from '#bells';
import type { CrmMade, Failed, Wanted } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import { idsOfMade, type Made } from '#domain/creation';
import type { CrmContact } from '#domain/crm';
import { isDecision } from '#flows/sight/own-records';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';
import { createAcceptEnquiry } from './accept-enquiry.ts';
import type { CallCrm } from './calls.ts';
import { madeBy, oldest } from './carriers.ts';
import { createClientParts } from './client-parts.ts';
import { type Did, endOf, got, laneEnd, NEXT } from './connector-calls.ts';
import { createLinkMade } from './crm-links.ts';
import { createMakeEnquiry } from './make-enquiry.ts';
import { createPushFound } from './push-found.ts';
import { createRefusals } from './refusals.ts';
import { createSettleTwins } from './settle-twins.ts';

type Creation = RowOf<'creation'>;

/**
 * Makes contact and deal of a decided client in the connected CRM, once (docs/crm.md). What was made is on the row before
 * anything else happens. After a call without an answer nothing is made before it was looked whether that call made it.
 */
export function createMakeClient(deps: StoreDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<'tasks' | 'news'> }) {
  const { bells } = deps;
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);
  const rows = createRows(deps);
  const tasks = createTasks(deps);
  const linkMade = createLinkMade(deps);
  const pushFound = createPushFound(deps);
  const settleTwins = createSettleTwins(deps);
  const makeEnquiry = createMakeEnquiry(deps);
  const acceptEnquiry = createAcceptEnquiry(deps);
  const refusals = createRefusals(deps);
  const { lookAfter, askToMake, lookForTwinsLater, adoptFound, findContact, waitsForHeir, wantedOf } =
    createClientParts(deps);

  async function makeClient(row: Creation, call: CallCrm): Promise<Did> {
    if (row.isEnquiry) return makeEnquiry(row, call);
    if (row.made && row.isKept) return settleTwins(row, row.made, call);
    if (row.asked) return makeAsked(row, row.asked, call);
    const address = await addresses.get(row.address);
    if (row.made?.deal || !isDecision(address, row.ids.contact)) return end(row, row.made);
    if (row.firstSendingAt !== undefined) return lookFirst(row, address, call);
    if (address.owner === undefined || (await isOfCrm(row, address))) return end(row);
    const accepted = await acceptEnquiry(row, address, call);
    if ('end' in accepted) return accepted.end;
    if (accepted.value && 'heir' in accepted.value) return adopt(row, accepted.value.heir, call);
    if (accepted.value) {
      const { goneUser, ...taken } = accepted.value;
      const user = taken.contact.responsibleUserId ?? '';
      // Instead of a user who is gone, the CRM has one whom nobody chose. Who got the client here keeps them.
      const isLeft = goneUser !== undefined && address.owner !== goneUser;
      // An earlier call may have accepted it, or somebody there before the decision: it is no news that they have it.
      const isKnown = isLeft || row.users?.has(user) || hadIt(address, user);
      return keep(row, { ...taken, askedFor: isKnown ? user : askedFor(row, address) });
    }
    const found = await findContact(row, address, call);
    if ('end' in found) return found.end;
    if (found.value) return adopt(row, found.value, call);
    return make(row, address, undefined, call);
  }

  /** Whether the address has a contact of the CRM. */
  async function isOfCrm({ account }: Creation, { contact }: Address): Promise<boolean> {
    return contact !== undefined && (await contacts.load(account, contact.id)).own === undefined;
  }

  /** An earlier call may have made it: after some time what carries the keys tells. */
  async function lookFirst(row: Creation, address: Address, call: CallCrm): Promise<Did> {
    const looked = await lookAfter(row, call);
    if ('end' in looked) return looked.end;
    const { carriers, unclear } = looked.value;
    const made = madeBy(carriers);
    const contactId = made?.contact ?? row.made?.contact.id;
    if (contactId !== undefined) return makeDeal(unclear, address, contactId, call, made?.deal);
    // What was made may have been merged into another contact meanwhile: that one has the address.
    const heir = await findContact(row, address, call);
    if ('end' in heir) return heir.end;
    if (heir.value) return makeDeal(unclear, address, heir.value.id, call);
    return make(unclear, address, undefined, call);
  }

  async function adopt(row: Creation, contact: CrmContact, call: CallCrm): Promise<Did> {
    return (await adoptFound(row, contact, call)) ?? end(row);
  }

  /** One more deal for a contact of ours, unless it has an open one by now, or the one that was made (`dealId`). */
  async function makeDeal(
    row: Creation,
    address: Address,
    contactId: string,
    call: CallCrm,
    dealId?: string,
  ): Promise<Did> {
    const [read, deals] = [
      got(await call((crm, session) => crm.read(session, [{ type: 'contact', id: contactId }]))),
      got(await call((crm, session) => crm.dealsOf(session, contactId))),
    ];
    if ('end' in read) return read.end;
    if ('end' in deals) return deals.end;
    const [contact] = read.value;
    const unread = endOf(contact);
    if (unread) return unread;
    if (contact?.kind === 'moved') return makeDeal(row, address, contact.to, call, dealId);
    if (contact?.kind !== 'ok' || contact.value.type !== 'contact')
      return makeForHeir(row, address, contactId, call, dealId);
    await pushFound(row.account, contact.value, deals.value);
    const deal = dealId ?? deals.value.find(({ closed }) => !closed)?.id;
    const made = { askedFor: askedFor(row, address), contact: { id: contactId } };
    if (deal !== undefined) return keep(row, { ...made, deal: { id: deal } });
    const owner = contact.value.responsibleUserId || address.owner;
    return make(row, { ...address, ...(owner !== undefined && { owner }) }, contactId, call);
  }

  /** The contact is gone. Who has the address now has inherited it; the search shows that a moment later. */
  async function makeForHeir(
    row: Creation,
    address: Address,
    goneId: string,
    call: CallCrm,
    dealId?: string,
  ): Promise<Did> {
    const heir = await findContact(row, address, call);
    if ('end' in heir) return heir.end;
    if (heir.value && heir.value.id !== goneId) return makeDeal(row, address, heir.value.id, call, dealId);
    return (await waitsForHeir(row)) ?? make(row, address, undefined, call);
  }

  async function make(row: Creation, address: Address, contactId: string | undefined, call: CallCrm): Promise<Did> {
    const wanted = await wantedOf(row, address, contactId);
    return makeAs(row, address, wanted, call);
  }

  async function makeAs(row: Creation, address: Address, wanted: Wanted, call: CallCrm): Promise<Did> {
    const { responsibleUserId } = wanted;
    const { asked, marked } = await askToMake(
      row,
      responsibleUserId,
      (crm, session) => crm.make(session, wanted),
      call,
    );
    if (asked.kind === 'ok') {
      const made = madeFrom(asked.value, wanted, marked, askedFor(row, address));
      await rows.noteMade(row, made);
      const noted = { ...marked, made };
      const isWhole = made.deal !== undefined || wanted.contactId !== undefined;
      return isWhole ? end(noted, made) : make(noted, address, made.contact.id, call);
    }
    return laneEnd(asked) ?? refused(row, address, wanted, asked as Failed, call);
  }

  /** What the CRM refused for good. What Konvert can do something about is tried once more. */
  async function refused(row: Creation, address: Address, wanted: Wanted, failed: Failed, call: CallCrm): Promise<Did> {
    if (failed.kind === 'moved') return make(row, address, failed.to, call);
    if (failed.kind === 'gone' && wanted.contactId !== undefined && !row.asked) {
      // What was waited for before was the heir of another contact.
      const { heirUntil: _, ...rest } = row;
      return makeForHeir(rest, address, wanted.contactId, call);
    }
    // The contact was deleted meanwhile.
    if (failed.kind !== 'refused') return end(row, row.made);
    const next = await refusals.instead(row, address, wanted, failed, call);
    return 'did' in next ? next.did : makeAs(next.row, address, next.wanted, call);
  }

  /** One more deal, as a user asked (C5). */
  async function makeAsked(row: Creation, asked: NonNullable<Creation['asked']>, call: CallCrm): Promise<Did> {
    const address = await addresses.get(row.address);
    if (row.made?.deal) return end(row, row.made);
    if (row.firstSendingAt === undefined) return make(row, address, asked.contact, call);
    const looked = await lookAfter(row, call);
    if ('end' in looked) return looked.end;
    const { carriers, unclear } = looked.value;
    const deal = oldest(carriers, 'deal');
    if (!deal) return make(unclear, address, asked.contact, call);
    const made = { askedFor: asked.userId, contact: { id: asked.contact }, deal: { id: deal.id } };
    return keep(unclear, made);
  }

  async function keep(row: Creation, made: Made): Promise<Did> {
    await rows.noteMade(row, made);
    return end({ ...row, made }, made);
  }

  /** Stores what was made. The row ends, or is looked at for twins once more if a call had no answer. */
  async function end(row: Creation, made?: Made): Promise<Did> {
    if (made) await store(row, made);
    if (made && row.isUnclear) return lookForTwinsLater(row);
    await rows.markDone(row, made && idsOfMade(made));
    return NEXT;
  }

  async function store({ account, address, ids, asked }: Creation, answered: Made): Promise<void> {
    const made = await linkMade(account, answered);
    if (!asked) return begin({ kind: 'adopt', address, creation: ids.contact, made });
    const { contact, userId } = asked;
    if (made.deal) await begin({ kind: 'deal', account, contact, userId, made: made.deal });
  }

  async function begin(task: Task): Promise<void> {
    await tasks.put(task);
    await bells.ring('tasks', taskName(task));
  }

  return { makeClient };
}

/**
 * Whether the user accepted the request in the CRM before the client was handed over here. The decision may name another
 * user: the one of the deal, if nobody had told yet who accepted.
 */
function hadIt({ why, owner, enquiry }: Address, user: string): boolean {
  if (why?.rule !== 'unsorted') return false;
  return why.userId === user || (enquiry?.acceptedBy === user && owner !== why.userId);
}

/** Whom the CRM is asked to make responsible. */
function askedFor({ asked }: Creation, { owner }: Address): string {
  return asked?.userId ?? owner ?? '';
}

/** What the answer of the CRM says that it made. */
function madeFrom(
  { contactId, dealId, responsibleUserId }: CrmMade,
  wanted: Wanted,
  { users }: Creation,
  decided: string,
): Made {
  const user = responsibleUserId ?? (wanted.responsibleUserId === undefined ? '' : undefined);
  const named = user === undefined ? {} : { responsibleUserId: user };
  return {
    askedFor: user !== undefined && users?.has(user) ? user : (wanted.responsibleUserId ?? decided),
    contact: { id: contactId, ...named },
    ...(dealId !== undefined && { deal: { id: dealId, ...named } }),
  };
}
