import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createMessengers } from '#channels/registry';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createMessages } from '#store/chats/messages';
import { createAssignments } from '#store/clients/assignments';
import { createOwnership } from '#store/clients/ownership';
import { createUsers } from '#store/directory/users';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('messages', 'chats', 'addresses', 'assignments', 'settings', 'directory', 'outbox'),
  newId: randomUUID,
};

export const handler = createHandler({
  ...createOwnership(deps),
  ...deps,
  ...createMessengers(),
  accounts: createAccounts(deps),
  users: createUsers(deps),
  assignments: createAssignments(deps),
  channels: createChannels(deps),
  messages: createMessages(deps),
  log,
});
