import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createOwnership } from '#store/ownership';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
import { createBegin } from '#store/tasks';
import { createUsers } from '#store/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'directory', 'addresses', 'chats', 'outbox'), newId: randomUUID };
const ownership = createOwnership(deps);
const users = createUsers(deps);

export const handler = createHandler({
  ...ownership,
  accounts: createAccounts(deps),
  users,
  pipelines: createPipelines(deps),
  settings: createSettings({ ...deps, users, channels: createChannels(deps) }),
  begin: createBegin(ownership.tasks, createTaskBells().ringTask),
  log,
});
