import { createCrmRoutes } from '#api/crm-routes';
import type { HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { PageTokens } from '#store/pages/tokens';
import { type ListDeps, listDeliveries } from './lists.ts';
import { type RetryOneDeps, retryOne } from './retry-one.ts';
import { replayTarget, retryTarget, type SendAgainDeps } from './send-again.ts';

export type ManageDeliveriesDeps = ListDeps &
  RetryOneDeps &
  SendAgainDeps & {
    readonly accounts: Pick<Accounts, 'byKey'>;
    readonly tokens: Pick<PageTokens, 'holderOf'>;
    readonly log: Log;
  };

/** Lists what could not leave yet or failed for good, and sends again what failed or was taken, on request (C1). */
export function createHandler(deps: ManageDeliveriesDeps): HttpHandler {
  return createCrmRoutes(
    {
      'GET /v1/deliveries': (request, { account }) => listDeliveries(deps, request, account),
      'POST /v1/deliveries/retry': (request, { account }) => retryTarget(deps, request, account),
      'POST /v1/deliveries/replay': (request, { account }) => replayTarget(deps, request, account),
      'POST /v1/deliveries/{deliveryId}/retry': (request, { account }) => retryOne(deps, request, account),
    },
    deps,
  );
}
