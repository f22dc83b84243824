import type { Log } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createAccountStates } from '#store/accounts/account-state';
import { createCrmConnections } from '#store/accounts/crms';
import { createReceivers } from '#store/accounts/receivers';
import type { StoreDeps } from '#store/dynamo/client';
import type { ServePageDeps } from './handler.ts';
import type { PageFiles } from './page-files.ts';
import type { PagePlaces } from './policy.ts';

/** What serve-page is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly page: PageFiles;
    readonly placesAt: (host: string) => PagePlaces;
    readonly log: Log;
  },
): ServePageDeps {
  return {
    ...given,
    accountStates: createAccountStates(given),
    receivers: createReceivers(given),
    options: createOptions(given),
    crms: createCrmConnections(given),
  };
}
