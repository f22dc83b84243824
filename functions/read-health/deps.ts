import { createReadHealth } from '#flows/health/read-health';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ReadHealthDeps } from './handler.ts';

/** What read-health is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ReadHealthDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    readHealth: createReadHealth(given),
  };
}
