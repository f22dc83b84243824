import { createAccounts } from '#store/accounts';
import { createAddresses } from '#store/addresses';
import { createOpenChannels } from '#store/channels';
import { createChats } from '#store/chats';
import type { Cipher } from '#store/cipher';
import type { StoreDeps } from '#store/client';
import { createFold } from '#store/fold';
import { createLists } from '#store/lists';
import { createMessages } from '#store/messages';
import { createOutbox } from '#store/outbox';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
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
  return {
    accounts: createAccounts(deps),
    channels,
    messages,
    chats,
    addresses,
    lists: createLists({ chats, channels }),
    outbox: createOutbox(deps),
    users,
    pipelines: createPipelines(deps),
    settings: createSettings({ ...deps, users, channels }),
    watch: createWatch(deps),
    foldChat: createFold({ messages, chats, addresses, channels, clock: deps.clock }),
  };
}
