import { authenticateOperator } from '#http/authenticate';
import { newAccount } from '#http/contract';
import { invalidRequest } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts';

export interface ManageAccountsDeps {
  readonly accounts: Pick<Accounts, 'create' | 'isOperatorKey'>;
  readonly log: Log;
}

/** The operator makes an account; its key is shown this once. */
export function createHandler(deps: ManageAccountsDeps): HttpHandler {
  return createRoute(async (request) => {
    await authenticateOperator(request, deps.accounts);
    const { name } = readBody(newAccount, request.body, invalidRequest);
    return { status: 201, body: await deps.accounts.create(name) };
  }, deps);
}
