import { createSightChanges, type SightChangesDeps } from '#flows/sight-changes';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';

/** What it is made from. */
export interface OwnershipDeps
  extends StoreDeps,
    Partial<Pick<SightChangesDeps, 'release' | 'explain' | 'mostWrites'>> {
  readonly newId: () => string;
}

/** Everything that says whose a client is, wired together: for the functions that change it. */
export function createOwnership(deps: OwnershipDeps) {
  const parts = {
    addresses: createAddresses(deps),
    chats: createChats(deps),
    contacts: createContacts(deps),
    deals: createDeals(deps),
    settings: createRules(deps),
    tasks: createTasks(deps),
  };
  return { ...parts, sightChanges: createSightChanges({ release: cannotBe, explain: cannotBe, ...deps, ...parts }) };
}

/**
 * Only a directory that is changed makes addresses nobody's, and only it and what follows a decision give them contacts;
 * whoever else changes ownership need not know rotations and records.
 */
function cannotBe(): never {
  throw new Error("An address became nobody's, or got a contact, where that cannot be");
}
