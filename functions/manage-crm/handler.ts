import { type Crm as Actor, type AuthenticateCrmDeps, authenticateCrm } from '#api/authenticate';
import { presentConnection } from '#api/present-crm';
import type { Sessions } from '#flows/crm/sessions';
import { crmNotConnected, notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import { describeError } from '#log';
import type { News } from '#store/outbox/news';
import { type CallbackDeps, returnFromCrm } from './callback.ts';
import { CRM_MS, change, connect, end, openOf } from './connect.ts';
import { type RefreshDeps, refresh } from './refresh.ts';
import { readWaiting, type WaitingDeps } from './waiting.ts';

export interface ManageCrmDeps extends CallbackDeps, RefreshDeps, WaitingDeps, Required<AuthenticateCrmDeps> {
  readonly sessions: Pick<Sessions, 'withSession'>;
  readonly news: Pick<News, 'mark' | 'isRefreshing'>;
}

type Act = (deps: ManageCrmDeps, request: HttpRequest, actor: Actor) => Promise<HttpResponse>;

const ACTS: Readonly<Record<string, Act>> = {
  'GET /v1/crm': read,
  'POST /v1/crm': connect,
  'PATCH /v1/crm': change,
  'DELETE /v1/crm': disconnect,
  'POST /v1/crm/refresh': refresh,
};

/** Connects an account to its CRM, tells how that stands, and ends it. */
export function createHandler(deps: ManageCrmDeps): HttpHandler {
  return createRoute(async (request) => {
    if (request.route === '/v1/crm/callback/{crm}') return returnFromCrm(deps, request);
    const actor = await authenticateCrm(request, deps);
    const act = ACTS[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(deps, request, actor);
  }, deps);
}

async function read(deps: ManageCrmDeps, _request: HttpRequest, { account }: Actor): Promise<HttpResponse> {
  const open = await deps.crms.openNow(account);
  if (!open) throw crmNotConnected();
  const underWay = await readWaiting(deps, open.connection);
  return { status: 200, body: presentConnection(open.connection, open, underWay, deps.clock.now()) };
}

async function disconnect(deps: ManageCrmDeps, _request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { open } = await openOf(deps, actor.account);
  await leave(deps, actor.account, open.hooksUrl);
  // What waits for it ends at once, and is told (ADR 85).
  const isLeft = await deps.wakeCrm(actor.account, () => end(deps, open, actor.keyId));
  if (!isLeft) throw crmNotConnected();
  return { status: 200, body: { connectionId: open.connection.connectionId } };
}

/** A CRM that does not answer any more can be left too. Its hooks lead nowhere then. */
async function leave({ sessions, clock, log }: ManageCrmDeps, account: string, hooksUrl: string): Promise<void> {
  try {
    const left = await sessions.withSession(account, clock.deadline(CRM_MS), (crm, session) =>
      crm.leave(session, hooksUrl),
    );
    if (left.kind !== 'ok') log({ account, leave: left.kind });
  } catch (error) {
    log({ account, leave: 'failed', ...describeError(error) });
  }
}
