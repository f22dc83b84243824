import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createMessages } from '#store/messages';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('messages', 'chats', 'settings', 'outbox'), newId: randomUUID };

export const handler = createHandler({
  ...deps,
  ...createMessengers(),
  accounts: createAccounts(deps),
  channels: createChannels(deps),
  chats: createChats(deps),
  messages: createMessages(deps),
  log,
});
