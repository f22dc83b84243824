import { setTimeout as sleep } from 'node:timers/promises';
import type { Bells } from '#bells';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import { createAccountStates } from '#store/accounts/account-state';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles } from '#store/files/files';
import type { ServeFileDeps } from './handler.ts';

/** What serve-file is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly blobs: BlobStore;
    readonly bells: Bells<'files'>;
    readonly log: Log;
    readonly pause?: ((ms: number) => Promise<void>) | undefined;
  },
): ServeFileDeps {
  return {
    ...given,
    files: createFiles(given),
    accountStates: createAccountStates(given),
    pause: given.pause ?? ((ms) => sleep(ms)),
  };
}
