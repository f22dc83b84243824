import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createAssignments } from '#store/assignments';
import { createChannels } from '#store/channels';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'assignments'), newId: randomUUID };

export const handler = createHandler({
  accounts: createAccounts(deps),
  channels: createChannels(deps),
  assignments: createAssignments(deps),
  log,
});
