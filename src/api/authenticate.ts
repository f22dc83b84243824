import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { type PageKind, pagesThatMay } from '#api/page-access';
import { isPageToken, isUserOf, type PageHolder } from '#domain/page';
import type { Actor } from '#domain/sight';
import { RequestError, unauthorized } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Accounts, KeyHolder } from '#store/accounts/accounts';
import type { User, Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';

const BEARER = /^Bearer +(\S+)$/i;
const SCHEMES = /^(?:Bearer|Basic) +(\S+)$/i;

/** The stores by which the CRM of an account is found, or its page of settings where that may call. */
export interface AuthenticateCrmDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens?: Pick<PageTokens, 'holderOf'>;
}

/** The stores by which the sender of a request is found. */
export interface AuthenticateDeps extends Required<AuthenticateCrmDeps> {
  readonly users: Pick<Users, 'get'>;
}

/** Who asks: an actor, and their page if they ask by its token. Without a page it is the CRM, with its API key. */
export interface Asker extends Actor {
  /** The API key by which they ask, or by which their page was opened. */
  readonly keyId: string;
  /** The push that made the user. */
  readonly userMade?: number;
  readonly page?: PageHolder;
}

/** Who asks, as the audit names them. */
export function actorOf({ userId, keyId }: Pick<Asker, 'userId' | 'keyId'>): string {
  return userId === undefined ? keyId : `user:${userId}`;
}

/**
 * Who asks: the account of the API key in the request, either as its CRM or as the user in the header `Konvert-User`; or
 * the user of the page's token. Throws a `RequestError` 401 or 403.
 */
export async function authenticate(request: HttpRequest, deps: AuthenticateDeps): Promise<Asker> {
  const { accounts, users } = deps;
  const page = await pageOf(request, deps);
  if (page) return askerOf(page, users);
  const { account, keyId } = await holderOf(request, accounts);
  const sent = request.headers['konvert-user'];
  if (sent === undefined) return { account, keyId };
  for (const userId of idsIn(sent)) {
    const user = await users.get(account, userId);
    if (user) return { account, keyId, ...actingAs(user) };
  }
  throw new RequestError(401, 'UNKNOWN_USER', 'The user in the header Konvert-User is not known in this account');
}

/**
 * The ids that a header may mean: what was sent, in UTF-8, and then what it means percent-encoded. An empty header
 * names no user; without a user the request would act as the CRM.
 */
function idsIn(sent: string): string[] {
  // Servers read the bytes of a header as Latin-1. A gateway may have read them as UTF-8 already.
  const bytes = Buffer.from(sent, 'latin1');
  const asSent = bytes.toString('latin1') === sent && isUtf8(bytes) ? bytes.toString('utf8') : sent;
  return [...new Set([asSent, decoded(asSent)])].filter((id) => id !== undefined && id !== '') as string[];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The CRM of an account, and the key by which it acts. */
export interface Crm extends Actor {
  readonly keyId: string;
}

/**
 * The CRM of an account, which acts without a user; a page of settings acts as the CRM. A request with the header
 * `Konvert-User` is refused, and so is a user's page. Throws a `RequestError` 401 or 403.
 */
export async function authenticateCrm(request: HttpRequest, deps: AuthenticateCrmDeps): Promise<Crm> {
  const page = await pageOf(request, deps);
  if (page?.userId !== undefined) throw noPage();
  if (page) return { account: page.account, keyId: page.keyId };
  const { accounts } = deps;
  const { account, keyId } = await holderOf(request, accounts);
  if (request.headers['konvert-user'] !== undefined) {
    throw new RequestError(403, 'FORBIDDEN', 'No user may do this: leave the header Konvert-User out');
  }
  return { account, keyId };
}

async function holderOf(request: HttpRequest, accounts: Pick<Accounts, 'byKey'>): Promise<KeyHolder> {
  const key = bearerOf(request);
  const holder = key === undefined ? undefined : await accounts.byKey(key);
  if (!holder) throw unauthorized();
  if (holder.isDisabled) throw accountDisabled();
  return holder;
}

/**
 * The holder of the page's token in the request; undefined if there is none in it. Throws a `RequestError` 401 if nobody
 * holds it, and 403 if such a page may not call the route.
 */
async function pageOf(request: HttpRequest, { tokens }: AuthenticateCrmDeps): Promise<PageHolder | undefined> {
  const token = bearerOf(request);
  if (token === undefined || !isPageToken(token)) return undefined;
  const pages = pagesThatMay(request.method, request.route);
  if (pages.length === 0 || !tokens) throw noPage();
  const holder = await tokens.holderOf(token);
  if (!holder) throw pageEnded();
  const { isDisabled, ...page } = holder;
  if (isDisabled) throw accountDisabled();
  if (request.headers['konvert-user'] !== undefined || !pages.includes(kindOf(page))) throw noPage();
  return page;
}

function kindOf({ userId }: PageHolder): PageKind {
  return userId === undefined ? 'settings' : 'user';
}

/** The user of a page as they are now. A page ends when the CRM deletes its user, also if it pushes them again. */
async function askerOf(page: PageHolder, users: Pick<Users, 'get'>): Promise<Asker> {
  const { account, userId, keyId } = page;
  if (userId === undefined) return { account, keyId, page };
  const user = await users.get(account, userId);
  if (!isUserOf(page, user)) throw pageEnded();
  return { account, keyId, ...actingAs(user), page };
}

function actingAs({ id: userId, name: userName, made }: User) {
  return { userId, userName, ...(made !== undefined && { userMade: made }) };
}

/** The page has no session any more. */
export function pageEnded(): RequestError {
  return unauthorized('The session of this page has ended: open it by a new link');
}

function noPage(): RequestError {
  return new RequestError(403, 'FORBIDDEN', 'A page may not do this: send an API key, or open the page that may');
}

/** The operator has disabled the account. */
export function accountDisabled(): RequestError {
  return new RequestError(403, 'ACCOUNT_DISABLED', 'The operator has disabled this account; its messages are kept');
}

/** Whether the operator asks. */
export async function isOperator(request: HttpRequest, accounts: Pick<Accounts, 'isOperatorKey'>): Promise<boolean> {
  const key = bearerOf(request);
  return key !== undefined && accounts.isOperatorKey(key);
}

/** Lets only the operator pass. Throws a `RequestError` 401. */
export async function authenticateOperator(
  request: HttpRequest,
  accounts: Pick<Accounts, 'isOperatorKey'>,
): Promise<void> {
  if (!(await isOperator(request, accounts))) {
    throw unauthorized('The operator key is needed: Authorization: Bearer <key>');
  }
}

/**
 * A name for that by which somebody asks, which may be stored: the id of an API key, or of the device of a page; the hash
 * of the page's token if it has no device.
 */
export function nameOfBearer(request: HttpRequest, { keyId, page }: Asker): string {
  return page ? (page.deviceId ?? hash('sha256', bearerOf(request) ?? '')) : keyId;
}

/**
 * The key or token that a request brings, good or not. Below `/v3` it may be called `Basic`, as old pages of Wazzup's help
 * do.
 */
export function bearerOf({ headers, route }: Pick<HttpRequest, 'headers' | 'route'>): string | undefined {
  const scheme = route.startsWith('/v3/') ? SCHEMES : BEARER;
  return scheme.exec(headers.authorization?.trim() ?? '')?.[1];
}
