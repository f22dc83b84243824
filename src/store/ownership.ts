import { createAddresses } from '#store/addresses';
import { createChats } from '#store/chats';
import type { StoreDeps } from '#store/client';
import { createContacts } from '#store/contacts';
import { createDeals } from '#store/deals';
import { createRules } from '#store/settings';
import { createSightChanges } from '#store/sight-changes';
import { createTasks } from '#store/tasks';

/** Everything that says whose a client is, wired together: for the functions that change it. */
export function createOwnership(deps: StoreDeps & { readonly newId: () => string }) {
  const parts = {
    addresses: createAddresses(deps),
    chats: createChats(deps),
    contacts: createContacts(deps),
    deals: createDeals(deps),
    settings: createRules(deps),
    tasks: createTasks(deps),
  };
  return { ...parts, sightChanges: createSightChanges({ ...deps, ...parts }) };
}
