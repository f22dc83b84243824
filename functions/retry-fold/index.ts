import { createListener } from '#aws/listener';
import { createStoreDeps } from '#aws/store-deps';
import { createFold } from '#flows/fold';
import { createChannels } from '#store/accounts/channels';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createMessages } from '#store/chats/messages';
import { createAddresses } from '#store/clients/addresses';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'chats', 'addresses', 'settings');

export const handler = createListener(
  createHandler({
    foldChat: createFold({
      ...deps,
      messages: createMessages(deps),
      chats: createChats(deps),
      addresses: createAddresses(deps),
      settings: createRules(deps),
      channels: createChannels(deps),
    }),
  }),
);
