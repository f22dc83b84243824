import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
import { createBegin, createTasks } from '#store/tasks';
import { createUsers } from '#store/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'directory', 'outbox'), newId: randomUUID };
const channels = createChannels(deps);
const users = createUsers(deps);

export const handler = createHandler({
  accounts: createAccounts(deps),
  channels,
  users,
  pipelines: createPipelines(deps),
  settings: createSettings({ ...deps, users, channels }),
  begin: createBegin(createTasks(deps), createTaskBells().ringTask),
  log,
});
