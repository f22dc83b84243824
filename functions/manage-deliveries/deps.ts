import type { Bells } from '#bells';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAttempts } from '#store/chats/attempts';
import type { StoreDeps } from '#store/dynamo/client';
import { createLanes } from '#store/outbox/lanes';
import { createRows } from '#store/outbox/rows';
import type { ManageDeliveriesDeps } from './handler.ts';

/** What manage-deliveries is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'lanes'>; readonly log: Log },
): ManageDeliveriesDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    rows: createRows(given),
    lanes: createLanes(given),
    attempts: createAttempts(given),
  };
}
