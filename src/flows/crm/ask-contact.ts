import type { Crms } from '#crms/registry/crms';
import { accountOfKey } from '#domain/address';
import { holdsFormer } from '#domain/crm';
import { isNewClient } from '#flows/decide';
import { clientCard } from '#flows/sight/follow-profile';
import { createCrmConnections } from '#store/accounts/crms';
import { createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { firstThere } from './first-there.ts';
import { createPushFound, matchesOf } from './push-found.ts';
import { createSessions } from './sessions.ts';
import type { KeeperDeps } from './token-keeper.ts';

/** How long a new client waits for the CRM to say whether it knows them. */
const ASKS_MS = 3_000;

/**
 * Makes `askContact`: asks the connected CRM of a new client whether it has them, for 3 s at most (D1). A contact that it
 * has is stored as if pushed, so its responsible user gets the client. Without an answer the client counts as new, and
 * a contact that is found later is adopted by the creation.
 */
export function createAskContact(deps: KeeperDeps & Pick<Crms, 'crmFor'>): (addressKey: string) => Promise<void> {
  const { clock } = deps;
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const connections = createCrmConnections(deps);
  const sessions = createSessions(deps);
  const pushFound = createPushFound(deps);

  return async function askContact(addressKey) {
    const account = accountOfKey(addressKey);
    const connection = await connections.of(account);
    // While contacts of a former portal are there, nothing of this one is stored. The creation looks again.
    if (!connection || holdsFormer(connection)) return;
    const address = await addresses.get(addressKey);
    if (!isNewClient(address)) return;
    // It was asked before the client came into its inbox. What changes there since then is told by its hooks.
    if (address.enquiry && address.enquiry.portal === connection.portal?.accountId) return;
    const signal = clock.deadline(ASKS_MS);
    const { contactData } = clientCard(address, await chats.loadAll(address.chats));
    for (const data of contactData) {
      const found = await sessions.withSession(account, signal, (crm, session) => crm.find(session, data));
      const hits = found.kind === 'ok' ? matchesOf(address, found.value).map(({ id }) => id) : [];
      const there = await firstThere(address, hits, (refs) =>
        sessions.withSession(account, signal, (crm, session) => crm.read(session, refs)),
      );
      const contact = 'value' in there ? there.value : undefined;
      if (!contact) continue;
      const deals = await sessions.withSession(account, signal, (crm, session) => crm.dealsOf(session, contact.id));
      // A contact that is stored has its deals: without an answer it is the creation that stores both.
      return deals.kind === 'ok' ? pushFound(account, contact, deals.value) : undefined;
    }
  };
}
