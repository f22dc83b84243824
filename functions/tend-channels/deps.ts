import type { Messengers } from '#channels/registry/messengers';
import { createStoreItemsDeps } from '#flows/receiving/store-items-deps';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createTended } from '#store/accounts/tended';
import type { StoreDeps } from '#store/dynamo/client';
import type { TendChannelsDeps } from './handler.ts';

/** What tend-channels is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & { readonly cipher: Cipher; readonly log: Log; readonly newFile?: (() => string) | undefined },
): TendChannelsDeps {
  return {
    ...given,
    ...createStoreItemsDeps(given),
    channels: createOpenChannels(given),
    tended: createTended(given),
  };
}
