import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createExplain } from '#flows/explain';
import { createFollowSettings } from '#flows/follow-settings';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createSettings } from '#store/accounts/settings';
import { createAssignments } from '#store/clients/assignments';
import { createDispensers } from '#store/clients/dispensers';
import { createOwnership } from '#store/clients/ownership';
import { createPipelines } from '#store/directory/pipelines';
import { createUsers } from '#store/directory/users';
import { createHandler } from './handler.ts';

const deps = {
  ...createStoreDeps('settings', 'directory', 'addresses', 'chats', 'dispensers', 'outbox', 'assignments'),
  newId: randomUUID,
};
const dispensers = createDispensers(deps);
const ownership = createOwnership({
  ...deps,
  release: dispensers.release,
  explain: createExplain(createAssignments(deps)),
});
const users = createUsers(deps);
const settings = createSettings({ ...deps, ...ownership, users, channels: createChannels(deps) });

export const handler = createHandler({
  ...ownership,
  accounts: createAccounts(deps),
  users,
  pipelines: createPipelines(deps),
  settings,
  followSettings: createFollowSettings(settings, dispensers),
  ...createTaskBells(),
  log,
});
