import type { Messengers } from '#channels/registry/messengers';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createHolds } from '#store/outbox/holds';
import type { ChangeMessageDeps } from './handler.ts';

/** What change-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & Messengers & { readonly cipher: Cipher; readonly log: Log },
): ChangeMessageDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    users: createUsers(given),
    settings: createSettings(given),
    channels: createChannels(given),
    openChannels: createOpenChannels(given),
    chats: createChats(given),
    facts: createFacts(given),
    outcomes: createOutcomes(given),
    holds: createHolds(given),
    nameInLog: createNameInLog(given),
  };
}
