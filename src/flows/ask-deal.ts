import type { Bells } from '#bells';
import { addressOfChat } from '#domain/address';
import { shortHash } from '#domain/hash';
import { timeKey } from '#domain/time-key';
import { createTellLane } from '#flows/tell-lane';
import { createReceivers } from '#store/accounts/receivers';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { eventLane, queueOfEvents } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';
import type { TaskOf } from '#store/outbox/tasks';
import { createKeepDeal } from './sight/keep-deal.ts';

/** Has one more deal made for a contact, as a user asked (C5). */
export type AskDeal = (task: TaskOf<'ask-deal'>) => Promise<void>;

/**
 * Makes `askDeal`. The CRM is asked if it listens to that and has the contact; else Konvert keeps the deal itself, as it
 * keeps contacts (D10). A request has one row, which stays when it has ended, so repeating it asks once.
 */
export function createAskDeal(deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents'> }): AskDeal {
  const receivers = createReceivers(deps);
  const contacts = createContacts(deps);
  const rows = createRows(deps);
  const tellLane = createTellLane(deps, (_lane, slow) => queueOfEvents(slow));
  const keepDeal = createKeepDeal(deps);

  return async function askDeal({ account, chat, contact, userId, id, at }) {
    const { card, own } = await contacts.load(account, contact);
    if (!card) return;
    const isCrms = own === undefined && (await receivers.listening(account, 'contactsAndDealsCreation'));
    if (!isCrms) return keepDeal({ account, contact, userId, made: { id } });
    const address = addressOfChat(account, chat);
    const lane = eventLane(account);
    const event = timeKey(at, `creation#${id}`);
    const about = { kind: 'creation' as const, subject: shortHash(address), address, decidedAt: at };
    const asked = { ids: { contact, deal: id }, asked: { chat, contact, userId } };
    const added = await rows.add({ ...about, ...asked, lane, event, account, storedAt: at });
    if (added !== 'ended') await tellLane(lane, [event]);
  };
}
