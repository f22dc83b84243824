import type { Actor } from '#domain/sight';
import { RequestError, unauthorized } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Accounts } from '#store/accounts';

/** Who acts: the account whose API key the request carries. Throws a `RequestError` 401. */
export async function authenticate(request: HttpRequest, accounts: Pick<Accounts, 'byKey'>): Promise<Actor> {
  const key = bearerOf(request);
  const holder = key === undefined ? undefined : await accounts.byKey(key);
  if (!holder) throw unauthorized();
  if (request.headers['konvert-user'] !== undefined) {
    // Users come with the directory; until then nobody is known, and acting as nobody would be acting as the CRM.
    throw new RequestError(401, 'UNKNOWN_USER', 'The user in the header Konvert-User is not known in this account');
  }
  return { account: holder.account };
}

/** Lets only the operator pass. Throws a `RequestError` 401. */
export async function authenticateOperator(
  request: HttpRequest,
  accounts: Pick<Accounts, 'isOperatorKey'>,
): Promise<void> {
  const key = bearerOf(request);
  if (key === undefined || !(await accounts.isOperatorKey(key))) {
    throw unauthorized('The operator key is needed: Authorization: Bearer <key>');
  }
}

function bearerOf({ headers }: HttpRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1];
}
