import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createLists } from '#store/lists';
import { createMessages } from '#store/messages';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('messages', 'chats', 'settings'), newId: randomUUID };
const chats = createChats(deps);

export const handler = createHandler({
  ...deps,
  accounts: createAccounts(deps),
  chats,
  lists: createLists({ chats, channels: createChannels(deps) }),
  messages: createMessages(deps),
  log,
});
