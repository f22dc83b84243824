import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import type { StoreDeps } from '#store/dynamo/client';
import type { RetryFoldDeps } from './handler.ts';

/** What retry-fold is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps): RetryFoldDeps {
  return {
    foldChat: createFold(given, leaveInPool),
  };
}
