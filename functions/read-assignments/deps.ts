import { createRoots } from '#flows/identity/roots';
import { createExplainChat } from '#flows/sight/explain-chat';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createChats } from '#store/chats/chats';
import { createAssignments } from '#store/clients/assignments';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ReadAssignmentsDeps } from './handler.ts';

/** What read-assignments is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ReadAssignmentsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    channels: createChannels(given),
    chats: createChats(given),
    roots: createRoots(given),
    assignments: createAssignments(given),
    explainChat: createExplainChat(given),
  };
}
