import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts/accounts';
import { createAssignments } from '#store/clients/assignments';
import { createOwnership } from '#store/clients/ownership';
import { createUsers } from '#store/directory/users';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('addresses', 'assignments', 'chats', 'directory', 'outbox', 'settings'),
  newId: randomUUID,
};

export const handler = createHandler({
  ...deps,
  ...createOwnership(deps),
  assignments: createAssignments(deps),
  accounts: createAccounts(deps),
  users: createUsers(deps),
  log,
});
