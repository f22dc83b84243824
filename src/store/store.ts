import { createAccounts } from '#store/accounts';
import { createAddresses } from '#store/addresses';
import { createAssignments } from '#store/assignments';
import { createOpenChannels } from '#store/channels';
import { createChats } from '#store/chats';
import type { Cipher } from '#store/cipher';
import type { StoreDeps } from '#store/client';
import { createConnections } from '#store/connections';
import { createContacts } from '#store/contacts';
import { createDeals } from '#store/deals';
import { createDispensers } from '#store/dispensers';
import { createFold } from '#store/fold';
import { createLists } from '#store/lists';
import { createMessages } from '#store/messages';
import { createOutbox } from '#store/outbox';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
import { createSightChanges } from '#store/sight-changes';
import { createTasks } from '#store/tasks';
import { createUsers } from '#store/users';
import { createWatch } from '#store/watch';

export type Store = ReturnType<typeof createStore>;

/** Everything that is stored. */
export function createStore(deps: StoreDeps & { readonly cipher: Cipher; readonly newId: () => string }) {
  const messages = createMessages(deps);
  const chats = createChats(deps);
  const addresses = createAddresses(deps);
  const channels = createOpenChannels(deps);
  const users = createUsers(deps);
  const settings = createSettings({ ...deps, users, channels });
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const tasks = createTasks(deps);
  const assignments = createAssignments(deps);
  return {
    accounts: createAccounts(deps),
    channels,
    connections: createConnections(deps),
    messages,
    chats,
    addresses,
    lists: createLists({ chats, channels, settings }),
    outbox: createOutbox(deps),
    users,
    pipelines: createPipelines(deps),
    settings,
    contacts,
    deals,
    tasks,
    assignments,
    dispensers: createDispensers({ ...deps, addresses }),
    sightChanges: createSightChanges({ ...deps, contacts, deals, addresses, chats, settings, tasks, assignments }),
    watch: createWatch(deps),
    foldChat: createFold({ messages, chats, addresses, channels, settings, clock: deps.clock }),
  };
}
