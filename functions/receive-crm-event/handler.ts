import type { Bells } from '#bells';
import { isSameSecret } from '#calls/secrets';
import type { Clock } from '#clock';
import type { Crm, CrmNews, CrmRequest } from '#crms/crm';
import type { CrmHooks } from '#crms/registry/hooks';
import { writeInstalled } from '#flows/crm/installed';
import { crmNotConnected, RequestError, unauthorized } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log } from '#log';
import { createMetrics } from '#metrics';
import type { Cipher } from '#store/accounts/cipher';
import { crmTokensContext } from '#store/accounts/keys';
import type { OpenCrm, OpenCrms } from '#store/accounts/open-crms';
import { newsLane } from '#store/outbox/lane-names';
import type { Dirty, News } from '#store/outbox/news';

export interface ReceiveCrmEventDeps extends CrmHooks {
  readonly crms: Pick<OpenCrms, 'byId' | 'open' | 'openNow'>;
  readonly news: Pick<News, 'mark'>;
  readonly bells: Bells<'news'>;
  readonly cipher: Pick<Cipher, 'seal'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Serves the hooks of CRMs. A hook only rings: it marks what it names as changed, and no state is taken from it. The CRM
 * gets its 200 before anything is read (K1, K19).
 */
export function createHandler(deps: ReceiveCrmEventDeps): HttpHandler {
  return createRoute(async (request) => {
    const { crm, open } = await findCrm(deps, request);
    const { account, connectionId, isDisabled } = open.connection;
    if (request.body.length > crm.hooks.maxBodyBytes) throw new RequestError(413, 'TOO_LARGE', 'The body is too large');
    if (!(await isVerified(deps, crm, open, request))) throw unauthorized('The hook does not prove who sent it');
    const told = isDisabled ? [] : crm.hooks.parse(crmRequest(open, request));
    const dirty = (await Promise.all(told.map((one) => dirtyOf(deps, connectionId, one)))).flat();
    if (dirty.length > 0) {
      const lane = newsLane(account);
      const { ring } = await deps.news.mark(account, dirty);
      if (ring) await deps.bells.ring('news', lane);
    }
    return { status: 200, text: 'ok', noted: { connectionId, marked: dirty.length } };
  }, deps);
}

/** One answer for every address that leads nowhere: it tells nobody which connections there are. */
async function findCrm({ crms, crmFor, log, clock }: ReceiveCrmEventDeps, { params }: HttpRequest) {
  const known = await crms.byId(params.connectionId ?? '');
  const open = known && (await crms.open(known.account));
  const crm = open && crmFor(open.connection.crm);
  if (!open || !crm || open.connection.crm !== params.crm || open.connection.connectionId !== params.connectionId)
    throw crmNotConnected();
  if (!isSameSecret(params.secret, open.hooksSecret)) {
    createMetrics(log, clock).count('RefusedSignIns');
    throw crmNotConnected();
  }
  return { crm, open };
}

/** A secret that the CRM gave a moment ago may be stored and not yet known here. */
async function isVerified(
  { crms, clock }: ReceiveCrmEventDeps,
  crm: Pick<Crm, 'hooks'>,
  open: OpenCrm,
  request: HttpRequest,
): Promise<boolean> {
  const ask = (one: OpenCrm) => {
    const { connection, app, hookSecret, hooksUrl } = one;
    return crm.hooks.verify(crmRequest(one, request), {
      app,
      hooksUrl,
      now: clock.now(),
      ...(connection.portal && { accountId: connection.portal.accountId }),
      ...(hookSecret !== undefined && { hookSecret }),
    });
  };
  if (ask(open)) return true;
  const now = await crms.openNow(open.connection.account);
  return now?.connection.connectionId === open.connection.connectionId && ask(now);
}

function crmRequest({ hooksUrl }: OpenCrm, { method, query, headers, body }: HttpRequest): CrmRequest {
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
  ).toString();
  return { method, url: asked === '' ? hooksUrl : `${hooksUrl}?${asked}`, headers, body };
}

async function dirtyOf({ cipher }: ReceiveCrmEventDeps, connectionId: string, told: CrmNews): Promise<Dirty[]> {
  switch (told.kind) {
    case 'changed':
    case 'deleted':
      return [told.ref];
    case 'merged':
      return [told.ref, { type: told.ref.type, id: told.into }];
    case 'accepted':
      return told.dealId === undefined ? [] : [enquiryOf(told.dealId, told.userId)];
    case 'declined':
      return [];
    case 'installed': {
      const { tokens, hookSecret } = told;
      const text = writeInstalled({ tokens, ...(hookSecret !== undefined && { hookSecret }) });
      return [{ type: 'installed', connectionId, sealed: await cipher.seal(text, crmTokensContext(connectionId)) }];
    }
    case 'uninstalled':
      return [{ type: 'uninstalled', connectionId }];
    default:
      return [{ type: told.kind }];
  }
}

function enquiryOf(id: string, userId: string | undefined): Dirty {
  return { type: 'enquiry', id, ...(userId !== undefined && { userId }) };
}
