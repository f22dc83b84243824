import type { Failed } from '#crms/crm';
import { baseFor } from '#http/base-for';
import { RequestError } from '#http/errors';
import type { HttpRequest, HttpResponse } from '#http/route';
import { describeError, type Log } from '#log';
import type { CrmConsents } from '#store/pages/crm-consents';
import { type ConnectDeps, CRM_MS, openOf, save, sessionOf } from './connect.ts';
import { prepareAndLoad } from './prepare.ts';

export interface CallbackDeps extends ConnectDeps {
  readonly consents: ConnectDeps['consents'] & Pick<CrmConsents, 'spend'>;
  readonly log: Log;
}

type Outcome =
  | 'connected'
  | `refused/${'STATE_ENDED' | 'DENIED' | 'CRM_REFUSED' | 'CRM_UNREACHABLE' | 'OTHER_ACCOUNT'}`;

/** `GET /v1/crm/callback/{crm}`: the code is exchanged in this request, because one CRM's lives for 30 seconds. */
export async function returnFromCrm(deps: CallbackDeps, request: HttpRequest): Promise<HttpResponse> {
  const { outcome, account } = await takeConsent(deps, request);
  const location = `${baseFor(deps.publicUrl, request.origin)}/chat/-#/settings/crm/${outcome}`;
  return { status: 302, text: '', headers: { location }, noted: { outcome, ...(account && { account }) } };
}

async function takeConsent(
  deps: CallbackDeps,
  { params, query }: HttpRequest,
): Promise<{ outcome: Outcome; account?: string }> {
  const { state } = query;
  const asked = state === undefined ? undefined : await deps.consents.spend(state);
  if (!asked || asked.crm !== params.crm) return { outcome: 'refused/STATE_ENDED' };
  const { account, connectionId, keyId } = asked;
  const { crms, clock } = deps;
  const open = await crms.openNow(account);
  const crm = open && deps.crmFor(open.connection.crm);
  if (!open || !crm?.oauth || open.connection.connectionId !== connectionId) {
    return { outcome: 'refused/STATE_ENDED', account };
  }
  if (query.code === undefined) return { outcome: 'refused/DENIED', account };
  const told = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
  const callback = new URLSearchParams(told);
  const exchanged = await crm.oauth.exchange(open.app, callback, open.callbackUrl, clock.deadline(CRM_MS));
  if (exchanged.kind !== 'ok') return { outcome: outcomeOf(exchanged), account };
  const session = sessionOf(deps, crm, open.app, exchanged.value);
  const portal = await crm.identify(session);
  if (portal.kind !== 'ok') return { outcome: outcomeOf(portal), account };
  const known = open.connection.portal;
  if (known && known.accountId !== portal.value.accountId) return { outcome: 'refused/OTHER_ACCOUNT', account };
  const refused = await saveOrTell(deps, open, { tokens: exchanged.value, portal: portal.value }, keyId);
  if (refused) return { outcome: refused, account };
  await settle(deps, account, { session, portal: portal.value, first: known === undefined });
  return { outcome: 'connected', account };
}

/** Stores the consent. Somebody may have ended the connection meanwhile, or connected another account. */
async function saveOrTell(...given: Parameters<typeof save>): Promise<Outcome | undefined> {
  try {
    await save(...given);
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.code === 'CRM_NOT_CONNECTED' ? 'refused/STATE_ENDED' : 'refused/OTHER_ACCOUNT';
  }
}

/** The consent stands, whatever the CRM does not do now: that is done with the next refresh. */
async function settle(
  deps: CallbackDeps,
  account: string,
  reached: Omit<Parameters<typeof prepareAndLoad>[2], 'crm'>,
): Promise<void> {
  try {
    const { open, crm } = await openOf(deps, account);
    await prepareAndLoad(deps, open, { ...reached, crm });
  } catch (error) {
    deps.log({ account, prepare: 'failed', ...describeError(error) });
  }
}

function outcomeOf({ kind }: Failed): Outcome {
  return kind === 'unreachable' || kind === 'throttled' ? 'refused/CRM_UNREACHABLE' : 'refused/CRM_REFUSED';
}
