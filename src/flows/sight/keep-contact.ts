import { accountOfKey } from '#domain/address';
import { createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { createCommit } from './commit.ts';
import { clientCard } from './follow-profile.ts';
import { givenBy } from './give.ts';
import { ownIds } from './own-records.ts';
import { untilDone } from './until-done.ts';

/** Makes the contact and the deal of an address that was decided, and lets its chats follow (D10). */
export type KeepContact = (addressKey: string) => Promise<void>;

/** Makes `keepContact`, for accounts in which Konvert keeps contacts itself. Repeating it makes no twins. */
export function createKeepContact(deps: StoreDeps): KeepContact {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const { commit, settleChats } = createCommit(deps);

  return async function keepContact(addressKey) {
    const account = accountOfKey(addressKey);
    await untilDone('An address', async () => {
      const address = await addresses.get(addressKey);
      const { owner, decidedAt, contact: known } = address;
      if (known || owner === undefined || decidedAt === undefined) {
        await settleChats(addressKey);
        return 'done';
      }
      const ids = ownIds(address, decidedAt);
      const [before, deal, rows] = await Promise.all([
        contacts.load(account, ids.contact),
        deals.load(account, ids.deal),
        chats.loadAll(address.chats),
      ]);
      const card = { ...clientCard(address, rows), responsibleUserId: owner };
      const after = {
        card,
        deals: { ...before.deals, [ids.deal]: owner },
        own: ids.deal,
      };
      const made = { id: ids.deal, name: card.name, responsibleUserId: owner, contacts: [ids.contact], closed: false };
      const next = { ...givenBy({ ...before, ...after }, address), decidedAt };
      return commit({
        contacts: [{ before, after }],
        given: [{ address, next }],
        more: deals.writes(account, deal, made, ids.deal),
        chats: rows,
      });
    });
  };
}
