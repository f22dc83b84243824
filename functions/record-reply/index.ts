import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createAccounts } from '#store/accounts';
import { createAddresses } from '#store/addresses';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createMessages } from '#store/messages';
import { createRules } from '#store/settings';
import { createUsers } from '#store/users';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('messages', 'chats', 'addresses', 'settings', 'directory', 'outbox'),
  newId: randomUUID,
};

export const handler = createHandler({
  ...deps,
  ...createMessengers(),
  accounts: createAccounts(deps),
  users: createUsers(deps),
  settings: createRules(deps),
  addresses: createAddresses(deps),
  channels: createChannels(deps),
  chats: createChats(deps),
  messages: createMessages(deps),
  log,
});
