import { type AuthenticateCrmDeps, authenticateCrm, type Crm } from '#api/authenticate';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';

/** The actions of a function, by method and path as in `lib/routes.ts`. */
export type CrmRoutes = Readonly<Record<string, (request: HttpRequest, actor: Crm) => Promise<HttpResponse>>>;

/** A handler of several routes that only the CRM itself may call, or the page of settings, and no user. */
export function createCrmRoutes(routes: CrmRoutes, deps: AuthenticateCrmDeps & { readonly log: Log }): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticateCrm(request, deps);
    const act = routes[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(request, actor);
  }, deps);
}
