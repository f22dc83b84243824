import { createRefold } from '#flows/fold';
import { createRoots } from '#flows/identity/roots';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { SetNoReplyNeededDeps } from './handler.ts';

/** What set-no-reply-needed is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly cipher: Cipher; readonly log: Log }): SetNoReplyNeededDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    channels: createChannels(given),
    installation: createInstallation(given),
    chats: createChats(given),
    roots: createRoots(given),
    facts: createFacts(given),
    foldChat: createRefold(given),
  };
}
