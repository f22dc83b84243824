import type { AuthenticateCrmDeps } from '#api/authenticate';
import { createCrmRoutes } from '#api/crm-routes';
import { presentHealth } from '#api/health-routes';
import type { ReadHealth } from '#flows/health/read-health';
import type { HttpHandler } from '#http/route';
import type { Log } from '#log';

export interface ReadHealthDeps extends Required<AuthenticateCrmDeps> {
  readonly readHealth: ReadHealth;
  readonly log: Log;
}

/** Tells the CRM and the page of settings what waits in the account. */
export function createHandler(deps: ReadHealthDeps): HttpHandler {
  return createCrmRoutes(
    {
      'GET /v1/health': async (_request, { account }) => ({
        status: 200,
        body: presentHealth(await deps.readHealth(account)),
      }),
    },
    deps,
  );
}
