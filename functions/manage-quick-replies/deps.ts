import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createQuickReplies } from '#store/accounts/quick-replies';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageQuickRepliesDeps } from './handler.ts';

/** What manage-quick-replies is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ManageQuickRepliesDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    channels: createChannels(given),
    settings: createSettings(given),
    quickReplies: createQuickReplies(given),
  };
}
