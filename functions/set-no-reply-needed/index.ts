import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createRefold } from '#flows/fold';
import { createAccounts } from '#store/accounts/accounts';
import { createRules } from '#store/accounts/settings';
import { createChats } from '#store/chats/chats';
import { createMessages } from '#store/chats/messages';
import { createUsers } from '#store/directory/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('messages', 'chats', 'settings', 'directory'), newId: randomUUID };
const messages = createMessages(deps);
const chats = createChats(deps);

export const handler = createHandler({
  ...deps,
  accounts: createAccounts(deps),
  users: createUsers(deps),
  settings: createRules(deps),
  chats,
  messages,
  foldChat: createRefold({ ...deps, messages, chats }),
  log,
});
