import { createCipher } from '#aws/cipher';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createOpenChannels } from '#store/accounts/channels';
import { createConnections } from '#store/accounts/connections';
import { createMessages } from '#store/chats/messages';
import { createHandler } from './handler.ts';

const deps = createStoreDeps('messages', 'settings');

export const handler = createHandler({
  ...deps,
  ...createMessengers(),
  channels: createOpenChannels({ ...deps, cipher: createCipher() }),
  connections: createConnections(deps),
  messages: createMessages(deps),
  log,
});
