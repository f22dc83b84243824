import type { Messengers } from '#channels/registry/messengers';
import { createIdsOf } from '#flows/identity/ids-of';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
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
import { createFiles } from '#store/files/files';
import { createHolds } from '#store/outbox/holds';
import { createPageTokens } from '#store/pages/tokens';
import type { ChangeMessageDeps } from './handler.ts';

/** What change-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & {
      readonly cipher: Cipher;
      readonly fetch: typeof globalThis.fetch;
      readonly blobs: BlobStore;
      readonly publicUrl: string | undefined;
      readonly log: Log;
    },
): ChangeMessageDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    channels: createChannels(given),
    openChannels: createOpenChannels(given),
    chats: createChats(given),
    facts: createFacts(given),
    outcomes: createOutcomes(given),
    holds: createHolds(given),
    files: createFiles(given),
    idsOf: createIdsOf(given),
    nameInLog: createNameInLog(given),
  };
}
