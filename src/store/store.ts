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
import { createWatch } from '#store/watch';

export type Store = ReturnType<typeof createStore>;

/** Everything that is stored. */
export function createStore(deps: StoreDeps & { readonly cipher: Cipher; readonly newId: () => string }) {
  const messages = createMessages(deps);
  const chats = createChats(deps);
  const addresses = createAddresses(deps);
  const channels = createOpenChannels(deps);
  return {
    accounts: createAccounts(deps),
    channels,
    messages,
    chats,
    addresses,
    lists: createLists({ chats, channels }),
    outbox: createOutbox(deps),
    watch: createWatch(deps),
    foldChat: createFold({ messages, chats, addresses, channels, clock: deps.clock }),
  };
}
