import { createBriefcase } from '#flows/briefcase';
import { createRoots } from '#flows/identity/roots';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ReadDealsDeps } from './handler.ts';

/** What read-deals is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ReadDealsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    chats: createChats(given),
    roots: createRoots(given),
    briefcase: createBriefcase(given),
  };
}
