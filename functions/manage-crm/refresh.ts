import type { Crm as Actor } from '#api/authenticate';
import { presentProblems } from '#api/present-crm';
import type { Refreshed } from '#flows/crm/refresh-directory';
import type { Sessions } from '#flows/crm/sessions';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Audit } from '#store/accounts/audit';
import type { OpenCrm } from '#store/accounts/open-crms';
import { newsLane } from '#store/outbox/lane-names';
import { type ConnectDeps, CRM_MS, openOf } from './connect.ts';
import { prepareAndLoad } from './prepare.ts';
import { refusalOf } from './refusals.ts';

export interface RefreshDeps
  extends Pick<ConnectDeps, 'crms' | 'crmFor' | 'refreshDirectory' | 'clock' | 'news' | 'bells'> {
  readonly sessions: Pick<Sessions, 'withSession'>;
  readonly audit: Pick<Audit, 'record'>;
}

/**
 * `POST /v1/crm/refresh`: 200 if the CRM is done within 25 s. Else it is 202, and the lane of news does all of it anew, with
 * more time for each call.
 */
export async function refresh(
  deps: RefreshDeps,
  _request: HttpRequest,
  { account, keyId: actor }: Actor,
): Promise<HttpResponse> {
  const { open } = await openOf(deps, account);
  await deps.audit.record({ account, actor, act: 'crm-refreshed', subject: open.connection.connectionId });
  const signal = deps.clock.deadline(CRM_MS);
  const loading = load(deps, open, signal).then(
    (loaded) => ({ loaded }),
    (error: unknown) => ({ error }),
  );
  const told = await Promise.race([loading, endOf(signal)]);
  if (told && 'loaded' in told) return presented(deps, account, told.loaded);
  if (!told || signal.aborted) return goOn(deps, account);
  throw told.error;
}

/** Throws a `RequestError` for the first thing that the CRM does not do. */
async function load(deps: RefreshDeps, open: OpenCrm, signal: AbortSignal): Promise<Refreshed> {
  const { account, portal: known } = open.connection;
  const loaded = await deps.sessions.withSession(account, signal, async (crm, session) => {
    const portal = await crm.identify(session);
    if (portal.kind !== 'ok') return portal;
    const first = known === undefined;
    return { kind: 'ok', value: await prepareAndLoad(deps, open, { crm, session, portal: portal.value, first }) };
  });
  if (loaded.kind !== 'ok') throw refusalOf(loaded);
  return loaded.value;
}

async function presented(
  { crms, clock }: RefreshDeps,
  account: string,
  { users, pipelines }: Refreshed,
): Promise<HttpResponse> {
  const now = await crms.now(account);
  return { status: 200, body: { users, pipelines, problems: now ? presentProblems(now, clock.now()) : [] } };
}

async function goOn({ news, bells }: RefreshDeps, account: string): Promise<HttpResponse> {
  const { ring } = await news.mark(account, [{ type: 'prepare' }, { type: 'users' }]);
  if (ring) await bells.ring('news', newsLane(account));
  return { status: 202, body: { refreshing: true } };
}

function endOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
