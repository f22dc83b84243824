import type { Bells } from '#bells';
import type { Failed } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Made } from '#domain/creation';
import type { CrmContact, CrmDeal, Ref } from '#domain/crm';
import { enquiryKey } from '#flows/ask-enquiry';
import { createSettings } from '#store/accounts/channel-settings';
import { createCrmConnections } from '#store/accounts/crms';
import type { Address, Enquiry } from '#store/clients/addresses';
import { createEnquiries } from '#store/clients/enquiries';
import type { StoreDeps } from '#store/dynamo/client';
import { createAnnounce } from '#store/outbox/announce';
import { createConnectorRows } from '#store/outbox/connector-rows';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { madeBy } from './carriers.ts';
import { channelOf } from './channel-of.ts';
import { createClientParts } from './client-parts.ts';
import { errorOf, type Got, gotAll, laneEnd, NEXT } from './connector-calls.ts';
import { createRefusals } from './refusals.ts';

type Creation = RowOf<'creation'>;
type MadeEnquiry = NonNullable<Enquiry['made']>;

/** How long the row of a decision waits for that of the request, whose turn it is first (ms). */
const WAITS_MS = 1_000;

/** Contact and deal that are somebody's now. `goneUser` accepted them, and the CRM does not know that user any more. */
type Taken = Omit<Made, 'askedFor'> & { readonly goneUser?: string };

/** What was taken, or the contact that inherited it. Undefined if there is nothing to be taken. */
type Accepted = Got<Taken | { readonly heir: CrmContact } | undefined>;

/**
 * Takes the request of a decided client out of the inbox of the CRM (D5, D6). Who accepted it there first keeps it. Nothing
 * is there to be taken if it was declined, or if none was ever made: then contact and deal are made as ever.
 */
export function createAcceptEnquiry(deps: StoreDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<'news'> }) {
  const { clock } = deps;
  const connections = createCrmConnections(deps);
  const enquiries = createEnquiries(deps);
  const settings = createSettings(deps);
  const rows = createRows(deps);
  const marks = createConnectorRows(deps);
  const announce = createAnnounce(deps);
  const refusals = createRefusals(deps);
  const { lookFor } = createClientParts(deps);

  return async function acceptEnquiry(row: Creation, address: Address, call: CallCrm): Promise<Accepted> {
    const { enquiry, why } = address;
    const portal = (await connections.of(row.account))?.portal?.accountId;
    if (!enquiry || enquiry.portal !== portal) return { value: undefined };
    const made = enquiry.made ? { value: enquiry.made } : await madeMeanwhile(row, address, enquiry, call);
    if ('end' in made || !made.value) return made as Accepted;
    const { uid } = made.value;
    // Somebody in the CRM was faster, and that is how the decision came about.
    if (uid === undefined || why?.rule === 'unsorted') return settled(row, enquiry, made.value, call);
    const { newClients } = (await settings.read(channelOf({ ...row, isEnquiry: true }, address))).settings;
    return accept(row, address, enquiry, { ...made.value, uid }, newClients.stageId, call);
  };

  /** The row of the request goes first. If it has ended without an answer, what carries its keys tells. */
  async function madeMeanwhile(
    row: Creation,
    address: Address,
    enquiry: Enquiry,
    call: CallCrm,
  ): Promise<Got<MadeEnquiry | undefined>> {
    const found = await rows.get(row.lane, enquiryKey(row.lane, enquiry));
    if (found?.kind !== 'creation') return { value: undefined };
    if (found.state === 'pending' && !found.isKept) {
      // Whoever wrote the row may have been cut off before the lane was told of it.
      await announce(row.lane, [found.event]);
      await marks.putOff(row, Math.max(found.dueAt ?? 0, clock.now() + WAITS_MS));
      return { end: NEXT };
    }
    const { firstSendingAt: since } = found;
    if (since === undefined) return { value: undefined };
    const looked = await lookFor(row, enquiry.ids, since, call);
    if ('end' in looked) return looked;
    const made = madeBy(looked.value);
    if (made) await enquiries.noteMade(address, enquiry, made);
    return { value: made };
  }

  async function accept(
    row: Creation,
    address: Address,
    enquiry: Enquiry,
    made: MadeEnquiry & { readonly uid: string },
    stageId: string | undefined,
    call: CallCrm,
  ): Promise<Accepted> {
    const user = row.withoutUser ? undefined : address.owner;
    const asked = await call(
      async (crm, session) =>
        crm.unsorted ? crm.unsorted.accept(session, made.uid, user, stageId) : ({ kind: 'taken' } as const),
      async () => {
        if (user !== undefined) await marks.noteAsked(row, user);
      },
    );
    if (asked.kind === 'ok') {
      const { contactId, dealId = made.deal, responsibleUserId } = asked.value;
      const named = responsibleUserId === undefined ? {} : { responsibleUserId };
      const deal = dealId === undefined ? {} : { deal: { id: dealId, ...named } };
      return { value: { contact: { id: contactId, ...named }, ...deal } };
    }
    if (asked.kind === 'taken' || asked.kind === 'gone') return settled(row, enquiry, made, call);
    const end = laneEnd(asked);
    if (end) return { end };
    return refused(row, address, enquiry, made, { failed: asked as Failed, stageId, call });
  }

  /** What the CRM refused for good. What Konvert can do something about is tried once more. */
  async function refused(
    row: Creation,
    address: Address,
    enquiry: Enquiry,
    made: MadeEnquiry & { readonly uid: string },
    {
      failed,
      stageId,
      call,
    }: { readonly failed: Failed; readonly stageId: string | undefined; readonly call: CallCrm },
  ): Promise<Accepted> {
    const code = failed.kind === 'refused' ? failed.code : undefined;
    if (code === 'USER_GONE' && !row.withoutUser) {
      return accept(await refusals.withoutUser(row), address, enquiry, made, stageId, call);
    }
    if (code === 'STAGE_GONE' && stageId !== undefined) {
      await refusals.showStageGone({ ...row, isEnquiry: true }, address);
      return accept(row, address, enquiry, made, undefined, call);
    }
    if (failed.kind === 'refused') return { end: await refusals.end(row, failed) };
    await rows.markFailed(row, errorOf(failed));
    return { end: NEXT };
  }

  /** Nobody can accept it any more. Who did has contact and deal; after a refusal neither is there. */
  async function settled(row: Creation, { acceptedBy }: Enquiry, made: MadeEnquiry, call: CallCrm): Promise<Accepted> {
    const refs: Ref[] = [
      ...(made.deal === undefined ? [] : [{ type: 'deal' as const, id: made.deal }]),
      { type: 'contact', id: made.contact },
    ];
    const read = gotAll(await call((crm, session) => crm.read(session, refs)));
    if ('end' in read) return read;
    const deal = read.value.find((one): one is CrmDeal => one.type === 'deal');
    const contact = read.value.find((one): one is CrmContact => one.type === 'contact');
    const id = deal?.contacts[0] ?? contact?.id;
    if (!deal || id === undefined) return { value: undefined };
    if (contact?.id !== id) return heirOf(id, call);
    const userId = acceptedBy ?? deal.responsibleUserId;
    const given = await give(row, [deal, contact], userId, call);
    if ('end' in given) return given;
    if (!given.value) {
      const userOf = ({ responsibleUserId }: CrmDeal | CrmContact) => ({ responsibleUserId });
      return {
        value: { contact: { id, ...userOf(contact) }, deal: { id: deal.id, ...userOf(deal) }, goneUser: userId },
      };
    }
    const named = userId === '' ? {} : { responsibleUserId: userId };
    return { value: { contact: { id, ...named }, deal: { id: deal.id, ...named } } };
  }

  /** The contact was merged into another one, whose responsible user gets the client (D8). */
  async function heirOf(id: string, call: CallCrm): Promise<Accepted> {
    const read = gotAll(await call((crm, session) => crm.read(session, [{ type: 'contact', id }])));
    if ('end' in read) return read;
    const [heir] = read.value;
    return { value: heir?.type === 'contact' ? { heir } : undefined };
  }

  /** Who accepts gets contact and deal, whatever the CRM made of it (D5). False if the CRM does not know the user any more. */
  async function give(
    row: Creation,
    both: readonly (CrmDeal | CrmContact)[],
    userId: string,
    call: CallCrm,
  ): Promise<Got<boolean>> {
    for (const { type, id, responsibleUserId } of both) {
      if (userId === '' || responsibleUserId === userId) continue;
      const asked = await call((crm, session) => crm.assign(session, { type, id }, userId));
      const end = asked.kind === 'ok' ? undefined : laneEnd(asked);
      if (end) return { end };
      // What is gone by now is followed as news.
      if (asked.kind !== 'refused') continue;
      if (asked.code !== 'USER_GONE') return { end: await refusals.end(row, asked) };
      await refusals.loadUsers(row.account);
      return { value: false };
    }
    return { value: true };
  }
}
