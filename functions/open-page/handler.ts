import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import { type MakeLinkDeps, makeFrameLink, makePageLink } from './make-link.ts';
import { type ReadMeDeps, readMe } from './read-me.ts';
import { type RenewTokenDeps, renewToken } from './renew-token.ts';
import { endDevice, listDevices, type SignOutDeps, signOut } from './sign-out.ts';
import { type SpendLinkDeps, spendLink } from './spend-link.ts';

export type OpenPageDeps = MakeLinkDeps &
  SpendLinkDeps &
  RenewTokenDeps &
  SignOutDeps &
  ReadMeDeps & { readonly log: Log };

/**
 * How people come to the page: a link is made, spent for a token, and the page learns who looks. A device of its own
 * stays signed in.
 */
export function createHandler(deps: OpenPageDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
    'POST /v3/iframe': (request) => makeFrameLink(deps, request),
    'POST /v1/page-links': (request) => makePageLink(deps, request),
    'POST /v1/page-tokens': (request) => spendLink(deps, request),
    'POST /v1/page-tokens/renew': (request) => renewToken(deps, request),
    'DELETE /v1/page-tokens': (request) => signOut(deps, request),
    'GET /v1/devices': (request) => listDevices(deps, request),
    'DELETE /v1/devices/{deviceId}': (request) => endDevice(deps, request),
    'GET /v1/me': (request) => readMe(deps, request),
  };
  return createRoute(
    async (request) => {
      const act = actions[`${request.method} ${request.route}`];
      if (!act) throw notFound();
      return act(request);
    },
    { ...deps, errors: (route) => (route === '/v3/iframe' ? 'code' : 'plain') },
  );
}
