import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createChannels } from '#store/channels';
import { createDispensers } from '#store/dispensers';
import { createPipelines } from '#store/pipelines';
import { createFollowSettings } from '#store/rosters';
import { createSettings } from '#store/settings';
import { createTasks } from '#store/tasks';
import { createUsers } from '#store/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'directory', 'dispensers', 'outbox'), newId: randomUUID };
const channels = createChannels(deps);
const users = createUsers(deps);
const settings = createSettings({ ...deps, users, channels, tasks: createTasks(deps) });

export const handler = createHandler({
  accounts: createAccounts(deps),
  channels,
  users,
  pipelines: createPipelines(deps),
  settings,
  followSettings: createFollowSettings(settings, createDispensers(deps)),
  ...createTaskBells(),
  log,
});
