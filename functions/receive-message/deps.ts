import type { Messengers } from '#channels/registry/messengers';
import { createStoreItemsDeps } from '#flows/receiving/store-items-deps';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createRoutes } from '#store/accounts/routes';
import type { StoreDeps } from '#store/dynamo/client';
import type { ReceiveMessageDeps } from './handler.ts';

/** What receive-message is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & { readonly cipher: Cipher; readonly log: Log; readonly newFile?: (() => string) | undefined },
): ReceiveMessageDeps {
  return {
    ...given,
    ...createStoreItemsDeps(given),
    channels: createOpenChannels(given),
    routes: createRoutes(given),
  };
}
