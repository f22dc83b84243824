import type { Bells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import { createRingEvents } from '#flows/ring-events';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import type { Cipher } from '#store/accounts/cipher';
import { createConnections } from '#store/accounts/connections';
import { createOpenChannels } from '#store/accounts/open-channels';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageChannelsDeps } from './handler.ts';

/** What manage-channels is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & {
      readonly cipher: Cipher;
      readonly publicUrl: string | undefined;
      readonly log: Log;
      readonly bells: Bells<'events'>;
    },
): ManageChannelsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    channels: createOpenChannels(given),
    connections: createConnections(given),
    ringEvents: createRingEvents(given),
  };
}
