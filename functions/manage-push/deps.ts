import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import { createPageTokens } from '#store/pages/tokens';
import type { ManagePushDeps } from './handler.ts';

/** What manage-push is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ManagePushDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    subscriptions: createPushSubscriptions(given),
  };
}
