import type { Messengers } from '#channels/registry/messengers';
import { createComeBack } from '#flows/due/set-away';
import { createRoots } from '#flows/identity/roots';
import { createAdmit } from '#flows/take-client';
import { createTemplates } from '#flows/templates';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createSignsOfLife } from '#store/accounts/signs-of-life';
import { createChats } from '#store/chats/chats';
import { createClaims } from '#store/chats/claims';
import { createFacts } from '#store/chats/facts';
import { createOutcomes } from '#store/chats/outcomes';
import { createTimers } from '#store/chats/timers';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles } from '#store/files/files';
import { createPageTokens } from '#store/pages/tokens';
import type { RecordReplyDeps } from './handler.ts';

/** What record-reply is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & {
      readonly cipher: Cipher;
      readonly fetch: typeof globalThis.fetch;
      readonly blobs: BlobStore;
      readonly publicUrl: string | undefined;
      readonly log: Log;
    },
): RecordReplyDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    channels: createChannels(given),
    openChannels: createOpenChannels(given),
    templates: createTemplates(given),
    files: createFiles(given),
    installation: createInstallation(given),
    chats: createChats(given),
    roots: createRoots(given),
    facts: createFacts(given),
    claims: createClaims(given),
    outcomes: createOutcomes(given),
    timers: createTimers(given),
    signsOfLife: createSignsOfLife(given),
    comeBack: createComeBack(given),
    admit: createAdmit(given),
  };
}
