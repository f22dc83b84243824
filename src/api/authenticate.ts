import { isUtf8 } from 'node:buffer';
import type { Actor } from '#domain/sight';
import { RequestError, unauthorized } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Accounts, KeyHolder } from '#store/accounts/accounts';
import type { Users } from '#store/directory/users';

/** The stores by which the sender of a request is found. */
export interface AuthenticateDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly users: Pick<Users, 'get'>;
}

/**
 * The actor: the account of the API key in the request, either as its CRM or as the user in the header `Konvert-User`.
 * Throws a `RequestError` 401.
 */
export async function authenticate(request: HttpRequest, { accounts, users }: AuthenticateDeps): Promise<Actor> {
  const { account } = await holderOf(request, accounts);
  const sent = request.headers['konvert-user'];
  if (sent === undefined) return { account };
  for (const userId of idsIn(sent)) {
    const user = await users.get(account, userId);
    if (user) return { account, userId, userName: user.name };
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
 * The CRM of an account, which acts without a user; a request with the header `Konvert-User` is refused. Throws a
 * `RequestError` 401 or 403.
 */
export async function authenticateCrm(request: HttpRequest, accounts: Pick<Accounts, 'byKey'>): Promise<Crm> {
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
  if (holder.isDisabled) {
    throw new RequestError(403, 'ACCOUNT_DISABLED', 'The operator has disabled this account; its messages are kept');
  }
  return holder;
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

function bearerOf({ headers }: HttpRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1];
}
