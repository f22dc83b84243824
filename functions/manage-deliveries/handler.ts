import { type AuthenticateDeps, authenticate, authenticateCrm, type Crm } from '#api/authenticate';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import { type ListDeps, listDeliveries } from './lists.ts';
import { type RetryOneDeps, retryOne } from './retry-one.ts';
import { replayTarget, retryTarget, type SendAgainDeps } from './send-again.ts';

export type ManageDeliveriesDeps = AuthenticateDeps & ListDeps & RetryOneDeps & SendAgainDeps & { readonly log: Log };

/** Lists what could not leave yet or failed for good, and sends again what failed or was taken, on request (C1). */
export function createHandler(deps: ManageDeliveriesDeps): HttpHandler {
  const ofCrm: Record<string, (request: HttpRequest, crm: Crm) => Promise<HttpResponse>> = {
    'GET /v1/deliveries': (request, { account }) => listDeliveries(deps, request, account),
    'POST /v1/deliveries/retry': (request, crm) => retryTarget(deps, request, crm),
    'POST /v1/deliveries/replay': (request, { account }) => replayTarget(deps, request, account),
  };
  return createRoute(async (request) => {
    const route = `${request.method} ${request.route}`;
    // A user may send again what failed in their own chats.
    if (route === 'POST /v1/deliveries/{deliveryId}/retry') {
      return retryOne(deps, request, await authenticate(request, deps));
    }
    const crm = await authenticateCrm(request, deps);
    const act = ofCrm[route];
    if (!act) throw notFound();
    return act(request, crm);
  }, deps);
}
