import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { RetryFoldDeps } from './handler.ts';

/** What retry-fold is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly cipher: Cipher; readonly log: Log }): RetryFoldDeps {
  return {
    ...given,
    foldChat: createFold(given, leaveInPool),
  };
}
