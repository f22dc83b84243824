import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createLists } from '#flows/lists';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createMessages } from '#store/chats/messages';
import { createUsers } from '#store/directory/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('messages', 'chats', 'settings', 'directory'), newId: randomUUID };
const chats = createChats(deps);
const settings = createRules(deps);

export const handler = createHandler({
  ...deps,
  accounts: createAccounts(deps),
  users: createUsers(deps),
  settings,
  chats,
  lists: createLists({ chats, channels: createChannels(deps), settings }),
  messages: createMessages(deps),
  log,
});
