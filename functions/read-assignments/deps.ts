import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ReadAssignmentsDeps } from './handler.ts';

/** What read-assignments is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ReadAssignmentsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    channels: createChannels(given),
    assignments: createAssignments(given),
  };
}
