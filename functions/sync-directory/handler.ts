import type { Crm as Actor } from '#api/authenticate';
import { createCrmRoutes } from '#api/crm-routes';
import { directoryKept } from '#http/errors';
import type { HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { CrmConnections } from '#store/accounts/crms';
import type { PageTokens } from '#store/pages/tokens';
import { type ContactsDeps, contactRoutes } from './contacts.ts';
import { type DealsDeps, dealRoutes } from './deals.ts';
import { type PipelinesDeps, pipelineRoutes } from './pipelines.ts';
import { type UsersDeps, userRoutes } from './users.ts';

/** A connected CRM keeps the directory; what reads it stays open. */
const READS = /^GET /;

export type SyncDirectoryDeps = UsersDeps &
  ContactsDeps &
  DealsDeps &
  PipelinesDeps & {
    readonly accounts: Pick<Accounts, 'byKey'>;
    readonly tokens: Pick<PageTokens, 'holderOf'>;
    readonly crms: Pick<CrmConnections, 'of'>;
    readonly log: Log;
  };

/** The CRM pushes, reads and deletes its users, contacts, deals and pipelines. */
export function createHandler(deps: SyncDirectoryDeps): HttpHandler {
  const routes = { ...userRoutes(deps), ...contactRoutes(deps), ...dealRoutes(deps), ...pipelineRoutes(deps) };
  const guarded = Object.entries(routes).map(([name, act]): [string, typeof act] => [
    name,
    READS.test(name) ? act : (request, actor) => checkOwn(deps, actor).then(() => act(request, actor)),
  ]);
  return createCrmRoutes(Object.fromEntries(guarded), deps);
}

/**
 * Throws a `RequestError` 409 once a connector has reached the account's CRM, also while it is switched off: the next refresh
 * would take away whatever was pushed beside it (ADR 76).
 */
async function checkOwn({ crms }: SyncDirectoryDeps, { account }: Actor): Promise<void> {
  if ((await crms.of(account))?.portal) throw directoryKept();
}
