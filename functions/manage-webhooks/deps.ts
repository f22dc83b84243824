import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenReceivers } from '#store/accounts/open-receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { createReceiverTests } from '#store/outbox/receiver-tests';
import { createWaitingLanes } from '#store/outbox/waiting-lanes';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageWebhooksDeps } from './handler.ts';

/** What manage-webhooks is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly cipher: Cipher; readonly fetch: typeof globalThis.fetch; readonly log: Log },
): ManageWebhooksDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    receivers: createOpenReceivers(given),
    tests: createReceiverTests(given),
    lanes: createWaitingLanes(given),
  };
}
