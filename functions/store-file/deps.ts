import type { Bells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import { createNameInLog } from '#flows/name-in-log';
import { createReadFiles } from '#flows/want-files';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createAskedNames } from '#store/chats/asked-names';
import { createFacts } from '#store/chats/facts';
import type { StoreDeps } from '#store/dynamo/client';
import { createFiles } from '#store/files/files';
import type { StoreFileDeps } from './handler.ts';
import { createRests } from './rests.ts';

/** What store-file is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers & {
      readonly blobs: BlobStore;
      readonly bells: Bells<'files'>;
      readonly cipher: Cipher;
      readonly log: Log;
    },
): StoreFileDeps {
  return {
    ...given,
    files: createFiles(given),
    facts: createFacts(given),
    askedNames: createAskedNames(given),
    readFiles: createReadFiles(given),
    channels: createOpenChannels(given),
    nameInLog: createNameInLog(given),
    rests: createRests(given.clock),
  };
}
