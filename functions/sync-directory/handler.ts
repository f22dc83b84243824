import { createCrmRoutes } from '#api/crm-routes';
import type { HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { PageTokens } from '#store/pages/tokens';
import { type ContactsDeps, contactRoutes } from './contacts.ts';
import { type DealsDeps, dealRoutes } from './deals.ts';
import { type PipelinesDeps, pipelineRoutes } from './pipelines.ts';
import { type UsersDeps, userRoutes } from './users.ts';

export type SyncDirectoryDeps = UsersDeps &
  ContactsDeps &
  DealsDeps &
  PipelinesDeps & {
    readonly accounts: Pick<Accounts, 'byKey'>;
    readonly tokens: Pick<PageTokens, 'holderOf'>;
    readonly log: Log;
  };

/** The CRM pushes, reads and deletes its users, contacts, deals and pipelines. */
export function createHandler(deps: SyncDirectoryDeps): HttpHandler {
  const routes = { ...userRoutes(deps), ...contactRoutes(deps), ...dealRoutes(deps), ...pipelineRoutes(deps) };
  return createCrmRoutes(routes, deps);
}
