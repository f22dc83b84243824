import { dealOfMade } from '#domain/creation';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import type { TaskOf } from '#store/outbox/tasks';
import { createDealChanges } from './push-deal.ts';

/** Stores a deal that was made because a user asked for it, as if it had been pushed. */
export type KeepDeal = (made: Omit<TaskOf<'deal'>, 'kind'>) => Promise<void>;

/** Makes `keepDeal`. Repeating it undoes no push that came meanwhile. */
export function createKeepDeal(deps: StoreDeps): KeepDeal {
  const contacts = createContacts(deps);
  const { mergeDeal } = createDealChanges(deps);

  return async function keepDeal({ account, contact, userId, made }) {
    const { card } = await contacts.load(account, contact);
    // The contact was deleted meanwhile.
    if (!card) return;
    const asked = { name: card.name, responsibleUserId: userId, contacts: [contact], closed: false };
    await mergeDeal(account, made.id, (now) => (now?.contacts.includes(contact) ? now : dealOfMade(made, now, asked)));
  };
}
