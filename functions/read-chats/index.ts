import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createLists } from '#store/lists';
import { createMessages } from '#store/messages';
import { createRules } from '#store/settings';
import { createUsers } from '#store/users';
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
