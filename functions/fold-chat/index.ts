import { createFailedChatsQueue } from '#aws/bells';
import { createListener } from '#aws/listener';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createGiveOut } from '#functions/assign-contact/assign';
import { createAddresses } from '#store/addresses';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createDispensers } from '#store/dispensers';
import { createFold } from '#store/fold';
import { createMessages } from '#store/messages';
import { createRules } from '#store/settings';
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
