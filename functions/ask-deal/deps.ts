import type { Bells } from '#bells';
import { createRoots } from '#flows/identity/roots';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChats } from '#store/chats/chats';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createDealClaims } from '#store/outbox/deal-claims';
import { createPageTokens } from '#store/pages/tokens';
import type { AskDealDeps } from './handler.ts';

/** What ask-deal is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly bells: Bells<'tasks'>; readonly log: Log }): AskDealDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    chats: createChats(given),
    roots: createRoots(given),
    claims: createDealClaims(given),
  };
}
