import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createAssignments } from '#store/clients/assignments';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'assignments'), newId: randomUUID };

export const handler = createHandler({
  accounts: createAccounts(deps),
  channels: createChannels(deps),
  assignments: createAssignments(deps),
  log,
});
