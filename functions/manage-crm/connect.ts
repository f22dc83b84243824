import type { Crm as Actor } from '#api/authenticate';
import { crmConnectionChange, newCrmConnection } from '#api/crm-connection-routes';
import { presentConnected } from '#api/present-crm';
import type { Clock } from '#clock';
import type { Crm, CrmCredentials, Session, Tokens } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Portal } from '#domain/crm';
import type { WakeCrm } from '#flows/send-again/wake-crm';
import { baseFor } from '#http/base-for';
import { crmNotConnected, invalidRequest } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { CrmChange, OpenCrm, OpenCrms } from '#store/accounts/open-crms';
import { ContentionError } from '#store/dynamo/errors';
import type { CrmConsents } from '#store/pages/crm-consents';
import { type PrepareDeps, prepareAndLoad } from './prepare.ts';
import { crmConnected, invalidCredentials, otherAccount, refusalOf } from './refusals.ts';

export interface ConnectDeps extends PrepareDeps, Pick<Crms, 'crmFor'> {
  readonly crms: PrepareDeps['crms'] & Pick<OpenCrms, 'openNow' | 'connect' | 'change' | 'remove'>;
  readonly consents: Pick<CrmConsents, 'ask'>;
  readonly wakeCrm: WakeCrm;
  /** The base of addresses that are told to others. Undefined: the one that the caller used. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
}

/** How long the CRM may take in all (ms): a gateway gives up after 29 s. */
export const CRM_MS = 25_000;
/** A change that meets another one is made again, of what that one has left. */
const TRIES = 5;

/** `POST /v1/crm`: a token is tried at once; else a person has to consent. */
export async function connect(deps: ConnectDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { crms, publicUrl } = deps;
  const wanted = readBody(newCrmConnection, request.body, invalidRequest);
  const crm = deps.crmFor(wanted.crm);
  if (!crm) throw invalidRequest(['crm'], `There is no connector for "${wanted.crm}"`);
  const app = credentialsOf(crm, wanted.credentials);
  if (await crms.openNow(actor.account)) throw crmConnected();
  const baseUrl = baseFor(publicUrl, request.origin);
  const tokens = crm.tokensOf(app);
  const session = tokens && sessionOf(deps, crm, app, tokens);
  const portal = session && (await identify(crm, session));
  const open = await crms.connect(actor.account, { crm: crm.name, app, baseUrl, tokens, portal }, actor.keyId);
  if (!open) throw crmConnected();
  if (session && portal) await prepareOrLeave(deps, open, { crm, session, portal }, actor);
  return answer(deps, 201, crm, actor, portal === undefined);
}

/**
 * `PATCH /v1/crm`: new credentials of the same account of the CRM; off and on. With new credentials the CRM is given our
 * addresses anew, so that Konvert may move.
 */
export async function change(deps: ConnectDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { credentials, enabled } = readBody(crmConnectionChange, request.body, invalidRequest);
  if (credentials === undefined && enabled === undefined) {
    throw invalidRequest(['credentials', 'enabled'], 'Nothing to change: give credentials or enabled');
  }
  const { open, crm } = await openOf(deps, actor.account);
  const app = credentials && credentialsOf(crm, credentials);
  const tokens = app && crm.tokensOf(app);
  const session = app && tokens && sessionOf(deps, crm, app, tokens);
  const portal = session && (await identify(crm, session));
  if (portal && open.connection.portal && portal.accountId !== open.connection.portal.accountId) throw otherAccount();
  const isDisabled = enabled === undefined ? undefined : !enabled;
  const baseUrl = app && baseFor(deps.publicUrl, request.origin);
  await save(deps, open, { app, tokens, portal, isDisabled, baseUrl }, actor.keyId);
  const changed = await openOf(deps, actor.account);
  if (session && portal && !changed.open.connection.isDisabled) {
    // Where Konvert was before, nobody listens any more.
    const { fields } = open.connection;
    if (changed.open.hooksUrl !== open.hooksUrl) await crm.leave({ ...session, fields }, open.hooksUrl);
    await prepareAndLoad(deps, changed.open, { crm, session, portal, first: false });
  }
  return answer(deps, 200, crm, actor, app !== undefined && portal === undefined);
}

/**
 * Stores a change, and lets what waits for the CRM follow. Of changes at the same time none is lost. Throws a `RequestError`
 * if the connection was ended meanwhile, or reached another account of the CRM.
 */
export async function save(
  { crms, wakeCrm }: Pick<ConnectDeps, 'crms' | 'wakeCrm'>,
  open: OpenCrm,
  change: CrmChange,
  keyId: string,
): Promise<void> {
  const { account, connectionId } = open.connection;
  for (let now: OpenCrm | undefined = open, attempt = 1; attempt <= TRIES; attempt += 1) {
    if (now?.connection.connectionId !== connectionId) throw crmNotConnected();
    const { portal } = now.connection;
    if (portal && change.portal && portal.accountId !== change.portal.accountId) throw otherAccount();
    const before = now;
    if (await wakeCrm(account, () => crms.change(before, change, keyId))) return;
    now = await crms.openNow(account);
  }
  throw new ContentionError('The connection to the CRM');
}

/** Ends the connection. False if somebody else has ended it meanwhile. */
export async function end({ crms }: Pick<ConnectDeps, 'crms'>, open: OpenCrm, keyId: string): Promise<boolean> {
  const { account, connectionId } = open.connection;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = await crms.openNow(account);
    if (now?.connection.connectionId !== connectionId) return false;
    if (await crms.remove(now, keyId)) return true;
  }
  throw new ContentionError('The connection to the CRM');
}

/** The account's CRM as it is stored, and its connector. Throws a `RequestError` 404. */
export async function openOf(
  { crms, crmFor }: Pick<ConnectDeps, 'crms' | 'crmFor'>,
  account: string,
): Promise<{ open: OpenCrm; crm: Crm }> {
  const open = await crms.openNow(account);
  const crm = open && crmFor(open.connection.crm);
  if (!open || !crm) throw crmNotConnected();
  return { open, crm };
}

/** A session with tokens that are not stored yet. */
export function sessionOf(
  { clock }: Pick<ConnectDeps, 'clock'>,
  crm: Crm,
  app: CrmCredentials,
  tokens: Tokens,
): Session {
  const host = tokens.host ?? crm.hostOf(app) ?? '';
  return { host, accessToken: tokens.accessToken, app, fields: {}, signal: clock.deadline(CRM_MS) };
}

/** Who we are there. Throws a `RequestError` if the CRM does not say so. */
async function identify(crm: Crm, session: Session): Promise<Portal> {
  const asked = await crm.identify(session);
  if (asked.kind !== 'ok') throw refusalOf(asked);
  return asked.value;
}

/** What does not work at once leaves nothing behind. */
async function prepareOrLeave(
  deps: ConnectDeps,
  open: OpenCrm,
  reached: { crm: Crm; session: Session; portal: Portal },
  { keyId }: Actor,
): Promise<void> {
  try {
    await prepareAndLoad(deps, open, { ...reached, first: true });
  } catch (error) {
    await end(deps, open, keyId);
    throw error;
  }
}

async function answer(
  deps: ConnectDeps,
  status: number,
  crm: Crm,
  { account, keyId }: Actor,
  needsConsent: boolean,
): Promise<HttpResponse> {
  const { open } = await openOf(deps, account);
  const { connection, app, callbackUrl } = open;
  const consent = { account, connectionId: connection.connectionId, crm: crm.name, keyId };
  const authorizeUrl =
    needsConsent && crm.oauth ? crm.oauth.authorizeUrl(app, await deps.consents.ask(consent), callbackUrl) : undefined;
  return { status, body: presentConnected(connection, open, deps.clock.now(), authorizeUrl) };
}

function credentialsOf(crm: Crm, given: unknown): CrmCredentials {
  const read = crm.readCredentials(given);
  if ('fields' in read) throw invalidCredentials(read.fields);
  return read.credentials;
}
