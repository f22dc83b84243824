import { createFailedChatsQueue } from '#aws/bells';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createGiveOut } from '#flows/assign';
import { createFold } from '#flows/fold';
import { createChannels } from '#store/accounts/channels';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createMessages } from '#store/chats/messages';
import { createAddresses } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'chats', 'addresses', 'settings', 'dispensers');
const addresses = createAddresses(deps);

export const handler = createListener(
  createHandler({
    foldChat: createFold({
      ...deps,
      messages: createMessages(deps),
      chats: createChats(deps),
      addresses,
      settings: createRules(deps),
      channels: createChannels(deps),
      giveOut: createGiveOut({ ...deps, addresses, dispensers: createDispensers(deps), log }),
    }),
    queueFailed: createFailedChatsQueue(),
    log,
  }),
);
