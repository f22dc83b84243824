import { createRoots } from '#flows/identity/roots';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createDrafts } from '#store/pages/drafts';
import { createPageTokens } from '#store/pages/tokens';
import type { KeepDraftsDeps } from './handler.ts';

/** What keep-drafts is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): KeepDraftsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    channels: createChannels(given),
    settings: createSettings(given),
    chats: createChats(given),
    addresses: createAddresses(given),
    roots: createRoots(given),
    drafts: createDrafts(given),
  };
}
