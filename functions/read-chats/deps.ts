import { createAddressLists } from '#flows/address-lists';
import { createFindChats } from '#flows/find-chats';
import { createRoots } from '#flows/identity/roots';
import { createLists } from '#flows/lists';
import { createFindNewestMessage } from '#flows/newest-message';
import type { Log } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import { createTeams } from '#store/accounts/teams';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ReadChatsDeps } from './handler.ts';

/** What read-chats is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly cipher: Cipher; readonly publicUrl: string | undefined; readonly log: Log },
): ReadChatsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    options: createOptions(given),
    teams: createTeams(given),
    installation: createInstallation(given),
    channels: createChannels(given),
    chats: createChats(given),
    roots: createRoots(given),
    lists: createLists(given),
    addressLists: createAddressLists(given),
    findChats: createFindChats(given),
    findNewestMessage: createFindNewestMessage(given),
    facts: createFacts(given),
    outcomes: createOutcomes(given),
  };
}
