import type { Bells } from '#bells';
import { createRoots } from '#flows/identity/roots';
import { createHandOver } from '#flows/sight/hand-over';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import { createChats } from '#store/chats/chats';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { queueOfClients } from '#store/outbox/lane-names';
import { createPageTokens } from '#store/pages/tokens';
import type { HandOverDeps } from './handler.ts';

/** What hand-over is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'crm' | 'events'>; readonly cipher: Cipher; readonly log: Log },
): HandOverDeps {
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
    handOver: createHandOver(given, (lane) => given.bells.ring(queueOfClients(lane), lane)),
  };
}
