import { createAddresses } from '#store/addresses';
import { createChats } from '#store/chats';
import type { StoreDeps } from '#store/client';
import { createContacts } from '#store/contacts';
import { createDeals } from '#store/deals';
import { createRules } from '#store/settings';
import { createSightChanges, type SightChangesDeps } from '#store/sight-changes';
import { createTasks } from '#store/tasks';

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
