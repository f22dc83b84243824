import type { Actor } from '#domain/sight';
import { authenticateCrm } from '#http/authenticate';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts';
import { type ContactsDeps, contactRoutes } from './contacts.ts';
import { type DealsDeps, dealRoutes } from './deals.ts';
import { type PipelinesDeps, pipelineRoutes } from './pipelines.ts';
import { type UsersDeps, userRoutes } from './users.ts';

export type SyncDirectoryDeps = UsersDeps &
  ContactsDeps &
  DealsDeps &
  PipelinesDeps & {
    readonly accounts: Pick<Accounts, 'byKey'>;
    readonly log: Log;
  };

/** Routes of one room, by method and path. */
export type Routes = Readonly<Record<string, (request: HttpRequest, actor: Actor) => Promise<HttpResponse>>>;

/** What a CRM keeps in Konvert: users, contacts, deals and pipelines are pushed, read and deleted. */
export function createHandler(deps: SyncDirectoryDeps): HttpHandler {
  const routes: Routes = { ...userRoutes(deps), ...contactRoutes(deps), ...dealRoutes(deps), ...pipelineRoutes(deps) };
  return createRoute(async (request) => {
    const actor = await authenticateCrm(request, deps.accounts);
    const act = routes[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(request, actor);
  }, deps);
}
