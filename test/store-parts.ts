import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { createOptions } from '#store/accounts/account-options';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import type { Cipher } from '#store/accounts/cipher';
import { createConnections } from '#store/accounts/connections';
import { createInstallation } from '#store/accounts/installation';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createOpenReceivers } from '#store/accounts/open-receivers';
import { createAttempts } from '#store/chats/attempts';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createFindMessages } from '#store/chats/find-messages';
import { createOutcomes } from '#store/chats/outcomes';
import { createAddresses } from '#store/clients/addresses';
import { createAssignments } from '#store/clients/assignments';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createFailedRows } from '#store/outbox/failed-rows';
import { createLanes } from '#store/outbox/lanes';
import { createReopenedRows } from '#store/outbox/reopened-rows';
import { createRows } from '#store/outbox/rows';
import { createTasks } from '#store/outbox/tasks';

export type StoreParts = ReturnType<typeof createStoreParts>;

/** The parts of the store, for tests that read from it or write to it directly. */
export function createStoreParts(deps: StoreDeps & { readonly cipher: Cipher }) {
  return {
    accounts: createAccounts(deps),
    installation: createInstallation(deps),
    channels: createOpenChannels(deps),
    connections: createConnections(deps),
    receivers: createOpenReceivers(deps),
    crms: createOpenCrms(deps),
    settings: createSettings(deps),
    options: createOptions(deps),
    chats: createChats(deps),
    facts: createFacts(deps),
    outcomes: createOutcomes(deps),
    findMessages: createFindMessages(deps),
    attempts: createAttempts(deps),
    addresses: createAddresses(deps),
    assignments: createAssignments(deps),
    users: createUsers(deps),
    contacts: createContacts(deps),
    deals: createDeals(deps),
    lanes: createLanes(deps),
    rows: createRows(deps),
    failedRows: createFailedRows(deps),
    reopenedRows: createReopenedRows(deps),
    tasks: createTasks(deps),
    foldChat: createFold(deps, leaveInPool),
  };
}
