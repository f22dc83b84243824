import { randomUUID } from 'node:crypto';
import { log } from '#aws/log';
import { createStoreDeps } from '#aws/store-deps';
import { createAccounts } from '#store/accounts';
import { createAddresses } from '#store/addresses';
import { createChannels } from '#store/channels';
import { createChats } from '#store/chats';
import { createContacts } from '#store/contacts';
import { createDeals } from '#store/deals';
import { createPipelines } from '#store/pipelines';
import { createSettings } from '#store/settings';
import { createSightChanges } from '#store/sight-changes';
import { createTasks } from '#store/tasks';
import { createUsers } from '#store/users';
import { createHandler } from './handler.ts';

const deps = { ...createStoreDeps('settings', 'directory', 'addresses', 'chats', 'outbox'), newId: randomUUID };
const users = createUsers(deps);
const settings = createSettings({ ...deps, users, channels: createChannels(deps) });
const contacts = createContacts(deps);
const deals = createDeals(deps);
/** Only a hand-over is recorded, and that is no concern of this function. */
const assignments = {
  write(): never {
    throw new Error('sync-directory hands nothing over');
  },
};

export const handler = createHandler({
  accounts: createAccounts(deps),
  users,
  pipelines: createPipelines(deps),
  settings,
  contacts,
  deals,
  sightChanges: createSightChanges({
    ...deps,
    contacts,
    deals,
    addresses: createAddresses(deps),
    chats: createChats(deps),
    settings,
    tasks: createTasks(deps),
    assignments,
  }),
  log,
});
