import { randomUUID } from 'node:crypto';
import { createTaskBells } from '#aws/bells';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createAssignments } from '#store/assignments';
import { createChannels } from '#store/channels';
import { createDispensers } from '#store/dispensers';
import { createExplain } from '#store/explain';
import { createOwnership } from '#store/ownership';
import { createPipelines } from '#store/pipelines';
import { createFollowSettings } from '#store/rosters';
import { createSettings } from '#store/settings';
import { createUsers } from '#store/users';
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
