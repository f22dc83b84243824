import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import { createAccounts } from '#store/accounts/accounts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { TakeUploadDeps } from './handler.ts';

/** What take-upload is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly blobs: BlobStore; readonly publicUrl: string | undefined; readonly log: Log },
): TakeUploadDeps {
  return { ...given, accounts: createAccounts(given), tokens: createPageTokens(given), users: createUsers(given) };
}
