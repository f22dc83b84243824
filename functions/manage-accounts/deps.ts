import type { Doorbells } from '#bells';
import { createRingPages } from '#flows/ring-pages';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAudit } from '#store/accounts/audit';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageAccountsDeps } from './handler.ts';

/** What manage-accounts is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly doorbells: Doorbells | undefined; readonly log: Log },
): ManageAccountsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    audit: createAudit(given),
    ringPages: createRingPages(given),
  };
}
