import { createExplain } from '#flows/explain';
import { createFold } from '#flows/fold';
import { createLists } from '#flows/lists';
import { createAccounts } from '#store/accounts/accounts';
import { createOpenChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createConnections } from '#store/accounts/connections';
import { createSettings } from '#store/accounts/settings';
import { createMessages } from '#store/chats/messages';
import { createWatch } from '#store/chats/watch';
import { createAssignments } from '#store/clients/assignments';
import { createDispensers } from '#store/clients/dispensers';
import { createOwnership, type OwnershipDeps } from '#store/clients/ownership';
import { createPipelines } from '#store/directory/pipelines';
import { createUsers } from '#store/directory/users';
import { createOutbox } from '#store/outbox/outbox';

export type Store = ReturnType<typeof createStore>;

/** Everything that is stored. */
export function createStore(deps: OwnershipDeps & { readonly cipher: Cipher }) {
  const messages = createMessages(deps);
  const dispensers = createDispensers(deps);
  const assignments = createAssignments(deps);
  const ownership = createOwnership({ ...deps, release: dispensers.release, explain: createExplain(assignments) });
  const { chats, addresses } = ownership;
  const channels = createOpenChannels(deps);
  const users = createUsers(deps);
  const settings = createSettings({ ...deps, users, channels, tasks: ownership.tasks });
  return {
    ...ownership,
    assignments,
    accounts: createAccounts(deps),
    channels,
    connections: createConnections(deps),
    messages,
    lists: createLists({ chats, channels, settings }),
    outbox: createOutbox(deps),
    users,
    pipelines: createPipelines(deps),
    settings,
    dispensers,
    watch: createWatch(deps),
    foldChat: createFold({ messages, chats, addresses, channels, settings, clock: deps.clock }),
  };
}
