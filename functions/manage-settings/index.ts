import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createFollowSettings } from '#flows/follow-settings';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createSettings } from '#store/accounts/settings';
import { createDispensers } from '#store/clients/dispensers';
import { createPipelines } from '#store/directory/pipelines';
import { createUsers } from '#store/directory/users';
import { createTasks } from '#store/outbox/tasks';
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
