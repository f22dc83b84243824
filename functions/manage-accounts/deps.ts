import type { Bells, Doorbells } from '#bells';
import { createBeginCheck } from '#flows/check/begin-check';
import { createRingPages } from '#flows/ring-pages';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAudit } from '#store/accounts/audit';
import { createChecks } from '#store/accounts/checks';
import { createClosing } from '#store/accounts/closing';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageAccountsDeps } from './handler.ts';

/** What manage-accounts is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<'checks' | 'erasures'>;
    readonly doorbells: Doorbells | undefined;
    readonly publicUrl: string | undefined;
    readonly log: Log;
  },
): ManageAccountsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    audit: createAudit(given),
    closing: createClosing(given),
    checks: createChecks(given),
    beginCheck: createBeginCheck(given),
    ringPages: createRingPages(given),
  };
}
