import { createListener } from '#aws/listener';
import { createStoreDeps } from '#aws/store-deps';
import { createAddresses } from '#store/addresses';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createFold } from '#store/fold';
import { createMessages } from '#store/messages';
import { createRules } from '#store/settings';
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
