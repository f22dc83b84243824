import type { Clock } from '#clock';
import type { AskCrm } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { Portal, Ref } from '#domain/crm';
import { holdsFormer } from '#domain/crm';
import { portalOrigins } from '#domain/frame-ancestors';
import type { CardAddress, PageScope } from '#domain/page';
import type { Sessions } from '#flows/crm/sessions';
import { baseFor } from '#http/base-for';
import { crmNotConnected } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { createAccountStates } from '#store/accounts/account-state';
import type { OpenCrm, OpenCrms } from '#store/accounts/open-crms';
import type { Contacts } from '#store/directory/contacts';
import type { Deals } from '#store/directory/deals';
import type { Users } from '#store/directory/users';
import type { FrameProofs } from '#store/pages/frame-proofs';
import type { Links } from '#store/pages/links';
import { languageOf, REFUSALS, type Refusal } from './words.ts';

export interface OpenFrameDeps extends Pick<Crms, 'crmFor'> {
  readonly crms: Pick<OpenCrms, 'byId' | 'open'>;
  readonly states: Pick<ReturnType<typeof createAccountStates>, 'stateOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly contacts: Pick<Contacts, 'get'>;
  readonly deals: Pick<Deals, 'get'>;
  readonly sessions: Pick<Sessions, 'withSession'>;
  readonly proofs: FrameProofs;
  readonly links: Pick<Links, 'make'>;
  /** The base of addresses that are told to others. Undefined: the one that the caller used. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long the CRM may take to say who looks (ms). */
const PROOF_MS = 8_000;

/**
 * Opens the page in a frame of the CRM, for the user whom the CRM's own request proves (P4). A page of the CRM that calls
 * by a script asks first whether it may (`OPTIONS`).
 */
export function createHandler(deps: OpenFrameDeps): HttpHandler {
  return createRoute((request) => answer(deps, request), deps);
}

async function answer(deps: OpenFrameDeps, request: HttpRequest): Promise<HttpResponse> {
  const open = await connectionOf(deps, request);
  const headers = scriptHeaders(open?.connection.portal, request);
  if (request.method === 'OPTIONS') return { status: 204, text: '', headers };
  if (!open) {
    if (!showsPages(request)) throw crmNotConnected();
    return refuse(request, 'NOT_CONNECTED', {}, {});
  }
  const { account } = open.connection;
  const link = await linkOf(deps, open, request);
  if (typeof link === 'string') return refuse(request, link, { account }, headers);
  const { url } = link;
  if (showsPages(request)) return { status: 302, text: '', headers: { location: url }, noted: { account } };
  return { status: 200, body: { url }, headers, noted: { account } };
}

async function linkOf(
  deps: OpenFrameDeps,
  open: OpenCrm,
  request: HttpRequest,
): Promise<{ readonly url: string } | Refusal> {
  const { users, proofs, links, publicUrl } = deps;
  const { account, connectionId } = open.connection;
  const look = await lookOf(deps, open, request);
  if (!look) return 'NOT_PROVEN';
  if (look === 'no-secret') return 'NO_SECRET';
  const user = await users.get(account, look.userId);
  if (!user) return 'UNKNOWN_USER';
  const scope = await scopeOf(deps, account, look.ref);
  if (scope.filter?.length === 0) return 'NO_CLIENT';
  if (look.once && !(await proofs.take(connectionId, look.once))) return 'USED';
  const { made } = user;
  const holder = {
    account,
    userId: user.id,
    ...(made !== undefined && { userMade: made }),
    keyId: connectionId,
    scope,
  };
  return { url: `${baseFor(publicUrl, request.origin)}/chat/${account}#k=${await links.make(holder)}` };
}

/** The connection that the address names. Undefined if there is none, or if it or its account is switched off. */
async function connectionOf({ crms, states }: OpenFrameDeps, { params }: HttpRequest): Promise<OpenCrm | undefined> {
  const { crm, connectionId = '' } = params;
  const found = await crms.byId(connectionId);
  const open = found && (await crms.open(found.account));
  if (!open || open.connection.crm !== crm || open.connection.connectionId !== connectionId) return undefined;
  // Ids of the portal may be those of others in the former one (ADR 88).
  const isOff =
    open.connection.isDisabled ||
    holdsFormer(open.connection) ||
    (await states.stateOf(open.connection.account)).isDisabled;
  return isOff ? undefined : open;
}

async function lookOf({ crmFor, sessions, clock }: OpenFrameDeps, open: OpenCrm, request: HttpRequest) {
  const { connection, app, hookSecret, hooksUrl, frameUrl } = open;
  const asked = {
    method: request.method,
    url: request.rawQuery === '' ? frameUrl : `${frameUrl}?${request.rawQuery}`,
    headers: request.headers,
    body: request.body,
  };
  const secrets = {
    app,
    hooksUrl,
    now: clock.now(),
    ...(connection.portal && { accountId: connection.portal.accountId }),
    ...(hookSecret !== undefined && { hookSecret }),
  };
  const signal = clock.deadline(PROOF_MS);
  const ask: AskCrm = (call) => sessions.withSession(connection.account, signal, (_crm, session) => call(session));
  return crmFor(connection.crm)?.frame?.(asked, secrets, ask, signal);
}

/** The chats of the contact, or of the contacts of the deal; without either all that the user may see. */
async function scopeOf(
  { contacts, deals }: OpenFrameDeps,
  account: string,
  ref: Ref | 'nobody' | undefined,
): Promise<PageScope> {
  if (!ref) return { kind: 'global' };
  if (ref === 'nobody') return { kind: 'card', filter: [] };
  const ids = ref.type === 'contact' ? [ref.id] : ((await deals.get(account, ref.id))?.contacts ?? []);
  const found = await Promise.all(ids.map((id) => contacts.get(account, id)));
  const filter = found.flatMap((contact) =>
    (contact?.contactData ?? []).flatMap(({ chatType, chatId, phone, username }): CardAddress[] => {
      const id = chatId ?? phone ?? username;
      return id === undefined ? [] : [{ chatType, chatId: id, ...(contact && { name: contact.name }) }];
    }),
  );
  return { kind: 'card', filter };
}

/** Whether a browser shows the answer. Programs get JSON: the scripts of the CRM, and HubSpot, which calls for its card. */
function showsPages({ headers }: HttpRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** Lets a script on the pages of the CRM's account call and read the answer, and no other. */
function scriptHeaders(portal: Portal | undefined, { headers }: HttpRequest): Readonly<Record<string, string>> {
  const { origin = '' } = headers;
  const isPortal = portal !== undefined && portalOrigins(portal.host).includes(origin);
  if (!isPortal) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'accept, content-type, x-auth-token, x-requested-with',
    'access-control-max-age': '600',
  };
}

function refuse(
  request: HttpRequest,
  refusal: Refusal,
  noted: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  const language = languageOf(request);
  const text = REFUSALS[refusal][language];
  // A card without a client lets nobody in, and nobody tried.
  const counted = { refusesSignIn: refusal !== 'NO_CLIENT', noted: { ...noted, refusal } };
  if (!showsPages(request)) {
    return { status: 401, body: { error: 'UNAUTHORIZED', description: text }, headers, ...counted };
  }
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Konvert</title><p>${text}</p></html>`;
  const shown = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" };
  return { status: 200, text: page, headers: shown, ...counted };
}
