import type { Bells } from '#bells';
import { addressOfChat } from '#domain/address';
import { shortHash } from '#domain/hash';
import { createTellLane } from '#flows/tell-lane';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { creationKey } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';
import type { TaskOf } from '#store/outbox/tasks';
import { createLaneOfCrm, queueOfCreations } from './lane-of-crm.ts';
import { createKeepDeal } from './sight/keep-deal.ts';

/** Has one more deal made for a contact, as a user asked (C5). */
export type AskDeal = (task: TaskOf<'ask-deal'>) => Promise<void>;

/**
 * Makes `askDeal`. The CRM is asked if it listens to that and has the contact; else Konvert keeps the deal itself, as it
 * keeps contacts (D10). A request has one row, which stays when it has ended, so repeating it asks once.
 */
export function createAskDeal(deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> }): AskDeal {
  const laneOfCrm = createLaneOfCrm(deps);
  const contacts = createContacts(deps);
  const rows = createRows(deps);
  const tellLane = createTellLane(deps, queueOfCreations);
  const keepDeal = createKeepDeal(deps);

  return async function askDeal({ account, chat, contact, userId, id, at }) {
    const { card, own } = await contacts.load(account, contact);
    if (!card) return;
    const lane = own === undefined ? await laneOfCrm(account) : undefined;
    if (lane === undefined) return keepDeal({ account, contact, userId, made: { id } });
    const address = addressOfChat(account, chat);
    const event = creationKey(lane, at, id);
    const about = { kind: 'creation' as const, subject: shortHash(address), address, decidedAt: at };
    const asked = { ids: { contact, deal: id }, asked: { chat, contact, userId } };
    const added = await rows.add({ ...about, ...asked, lane, event, account, storedAt: at });
    if (added !== 'ended') await tellLane(lane, [event]);
  };
}
