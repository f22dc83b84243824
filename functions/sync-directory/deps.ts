import type { Bells } from '#bells';
import { createChangeSettings } from '#flows/change-settings';
import { createFollowSettings } from '#flows/follow-settings';
import { createContactChanges } from '#flows/sight/push-contact';
import { createDealChanges } from '#flows/sight/push-deal';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createCrmConnections } from '#store/accounts/crms';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import { createPipelines } from '#store/directory/pipelines';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { SyncDirectoryDeps } from './handler.ts';

/** What sync-directory is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'tasks'>; readonly log: Log },
): SyncDirectoryDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    crms: createCrmConnections(given),
    users: createUsers(given),
    contacts: createContacts(given),
    deals: createDeals(given),
    pipelines: createPipelines(given),
    contactChanges: createContactChanges(given),
    dealChanges: createDealChanges(given),
    changeSettings: createChangeSettings(given),
    followSettings: createFollowSettings(given),
  };
}
