import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import { type MakeLinkDeps, makeFrameLink, makePageLink } from './make-link.ts';
import { type ReadMeDeps, readMe } from './read-me.ts';
import { type SpendLinkDeps, spendLink } from './spend-link.ts';

export type OpenPageDeps = MakeLinkDeps & SpendLinkDeps & ReadMeDeps & { readonly log: Log };

/** How people come to the page: a link is made, spent for a token, and the page learns who looks. */
export function createHandler(deps: OpenPageDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
    'POST /v3/iframe': (request) => makeFrameLink(deps, request),
    'POST /v1/page-links': (request) => makePageLink(deps, request),
    'POST /v1/page-tokens': (request) => spendLink(deps, request),
    'GET /v1/me': (request) => readMe(deps, request),
  };
  return createRoute(
    async (request) => {
      const act = actions[`${request.method} ${request.route}`];
      if (!act) throw notFound();
      return act(request);
    },
    { log: deps.log, errors: (route) => (route === '/v3/iframe' ? 'code' : 'plain') },
  );
}
