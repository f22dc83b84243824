import { createAccounts } from '#store/accounts';
import { createAssignments } from '#store/assignments';
import { createOpenChannels } from '#store/channels';
import type { Cipher } from '#store/cipher';
import { createConnections } from '#store/connections';
import { createDispensers } from '#store/dispensers';
import { createExplain } from '#store/explain';
import { createFold } from '#store/fold';
import { createLists } from '#store/lists';
import { createMessages } from '#store/messages';
import { createOutbox } from '#store/outbox';
import { createOwnership, type OwnershipDeps } from '#store/ownership';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
import { createUsers } from '#store/users';
import { createWatch } from '#store/watch';

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
