import type { Bells } from '#bells';
import {
  type ContactToCreate,
  type DealToCreate,
  idsOfMade,
  type Made,
  type MadeContact,
  type MadeDeal,
  type ReadMade,
  userOfDeal,
} from '#domain/creation';
import { chatOfKey } from '#domain/message';
import { clientCard } from '#flows/sight/follow-profile';
import { isDecision } from '#flows/sight/own-records';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';
import type { CallAlone, Creations } from './event-work.ts';

type Creation = RowOf<'creation'>;

/** What came of the last call, if it was not taken. `ended`: the creation is done or has failed. */
type Left = ReturnType<Creations['leave']>;

/** How a CRM is asked for a contact and a deal, and how its answers are read. */
export interface CreationWords {
  contact(asked: ContactToCreate): object;
  deal(asked: DealToCreate): object;
  readContact(answer: string): ReadMade<MadeContact>;
  readDeal(answer: string): ReadMade<MadeDeal>;
}

/**
 * Contacts and deals that a CRM has to make for clients who were decided (D10). What it made is stored on the row before
 * the next call, and becomes contact and deal by a task, as if it had been pushed.
 */
export function createCreations(
  deps: StoreDeps & { readonly bells: Bells<'tasks'>; readonly creationWords: CreationWords },
): Creations {
  const { bells, creationWords: words } = deps;
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const contacts = createContacts(deps);
  const settings = createSettings(deps);
  const rows = createRows(deps);
  const tasks = createTasks(deps);

  async function leave(row: Creation, call: CallAlone): Left {
    if (row.asked) return createAsked(row, row.asked, call);
    const address = await addresses.get(row.address);
    const made = await madeSoFar(row, address);
    // After the deal nothing is left. A contact that was deleted, or a new decision, ends the creation too.
    if (made?.deal || !isDecision(address, row.ids.contact)) return end(row, made);
    if (made) return createDeal(row, made, address, call);
    // A CRM that has the contact knows the client, and was not asked for it yet (D8).
    if (address.contact || address.owner === undefined) return end(row);
    return createContact(row, address, address.owner, call);
  }

  /**
   * What the CRM has made so far. The contact that it pushed with the address since, or in the place of an answer without
   * one, counts instead: the first one may be merged into it. One that Konvert keeps yields to what was made.
   */
  async function madeSoFar(row: Creation, { contact, why }: Address): Promise<Made | undefined> {
    const { made, calls } = row;
    const isKnown = !contact || made?.deal || made?.contact.id === contact.id;
    if (isKnown || (!made && calls === 0)) return made;
    if (made && (await contacts.load(row.account, contact.id)).own !== undefined) return made;
    const pushed = { askedFor: made?.askedFor ?? why?.userId ?? '', contact: { id: contact.id } };
    await rows.noteMade(row, pushed);
    return pushed;
  }

  async function createContact(row: Creation, address: Address, askedFor: string, call: CallAlone): Left {
    const client = clientCard(address, await chats.loadAll(address.chats));
    // The answer may be lost, and the CRM may push the contact.
    if (row.calls === 0) await rows.markSending(row);
    const called = await call(
      row.ids.contact,
      words.contact({ ...client, responsibleUserId: askedFor, source: 'auto' }),
    );
    if (called?.outcome !== 'taken') return called;
    const read = words.readContact(called.answer ?? '');
    if ('description' in read) return fail(row, read.description);
    const made = { askedFor, contact: read.made };
    await rows.noteMade(row, made);
    return leave({ ...row, made }, call);
  }

  async function createDeal(row: Creation, made: Made, address: Address, call: CallAlone): Left {
    const { card, deals, own } = await contacts.load(row.account, made.contact.id);
    // Konvert keeps both, or the CRM has an open deal for this contact already.
    if (own !== undefined) return end(row);
    if (Object.keys(deals).length > 0) return end(row, made);
    const { settings: chosen } = await settings.read(channelOf(address));
    const { pipelineId, stageId } = chosen.newClients;
    const responsibleUserId = userOfDeal(made, address.owner, card?.responsibleUserId);
    const contactIds = [made.contact.id];
    const asked = { responsibleUserId, contacts: contactIds, pipelineId, stageId, source: 'auto' as const };
    const called = await call(row.ids.deal, words.deal(asked));
    if (!called) return undefined;
    const read = called.outcome === 'taken' ? words.readDeal(called.answer ?? '') : undefined;
    if (!read || 'description' in read) {
      // The client has the contact, whatever becomes of the deal.
      if (address.contact?.id !== made.contact.id) await adopt(row, made);
      return read ? fail(row, read.description) : called;
    }
    const whole = { ...made, deal: read.made };
    await rows.noteMade(row, whole);
    return end(row, whole);
  }

  /** One more deal, as a user asked. It was stored with its request if Konvert keeps the contact. */
  async function createAsked(row: Creation, asked: NonNullable<Creation['asked']>, call: CallAlone): Left {
    const { chat, contact, userId: responsibleUserId } = asked;
    const { settings: chosen } = await settings.read(chatOfKey(chat).channelId);
    const { pipelineId, stageId } = chosen.newClients;
    if (row.calls === 0) await rows.markSending(row);
    const wanted = { responsibleUserId, contacts: [contact], pipelineId, stageId, source: 'byUser' as const };
    const called = await call(row.ids.deal, words.deal(wanted));
    if (called?.outcome !== 'taken') return called;
    const read = words.readDeal(called.answer ?? '');
    if ('description' in read) return fail(row, read.description);
    return keepAsked(row, asked, read.made);
  }

  async function keepAsked(row: Creation, asked: NonNullable<Creation['asked']>, made: MadeDeal): Promise<'ended'> {
    const { contact, userId } = asked;
    await begin({ kind: 'deal', account: row.account, contact, userId, made });
    return end(row);
  }

  /**
   * Ends a creation that no receiver listens to any more. What the CRM has made counts. If it has made nothing, Konvert
   * keeps contact and deal itself.
   */
  async function giveUp(row: Creation): Promise<void> {
    if (row.asked) return void (await keepAsked(row, row.asked, { id: row.ids.deal }));
    if (!row.made) await begin({ kind: 'keep', address: row.address });
    await end(row, row.made);
  }

  async function fail(row: Creation, description: string): Promise<'ended'> {
    await rows.markFailed(row, { code: 'NO_ID', description });
    return 'ended';
  }

  async function end(row: Creation, made?: Made): Promise<'ended'> {
    if (made) await adopt(row, made);
    await rows.markDone(row, made && idsOfMade(made));
    return 'ended';
  }

  async function adopt({ address, ids }: Creation, made: Made): Promise<void> {
    await begin({ kind: 'adopt', address, creation: ids.contact, made });
  }

  async function begin(task: Task): Promise<void> {
    await tasks.put(task);
    await bells.ring('tasks', taskName(task));
  }

  return { leave, giveUp };
}

/** The channel by which the client was decided. */
function channelOf({ why, chats }: Address): string {
  return chatOfKey(why?.chatKey ?? chats[0] ?? '').channelId;
}
