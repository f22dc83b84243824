import { newAccount, presentNewAccount, presentNewKey } from '#api/account-routes';
import { authenticateCrm, authenticateOperator } from '#api/authenticate';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';

export interface ManageAccountsDeps {
  readonly accounts: Pick<Accounts, 'create' | 'isOperatorKey' | 'byKey' | 'addKey' | 'revokeKey'>;
  readonly log: Log;
}

/** The operator makes an account. The account makes and revokes its keys. A key is shown once. */
export function createHandler({ accounts, log }: ManageAccountsDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
    'POST /v1/accounts': async (request) => {
      await authenticateOperator(request, accounts);
      const { name } = readBody(newAccount, request.body, invalidRequest);
      return { status: 201, body: presentNewAccount(await accounts.create(name)) };
    },
    'POST /v1/account/keys': async (request) => {
      const { account } = await authenticateCrm(request, accounts);
      return { status: 201, body: presentNewKey(await accounts.addKey(account)) };
    },
    'DELETE /v1/account/keys/{keyId}': async (request) => {
      const { account } = await authenticateCrm(request, accounts);
      return revokeKey(accounts, account, request.params.keyId ?? '');
    },
  };
  return createRoute(
    async (request) => {
      const act = actions[`${request.method} ${request.route}`];
      if (!act) throw notFound();
      return act(request);
    },
    { log },
  );
}

async function revokeKey(accounts: Pick<Accounts, 'revokeKey'>, account: string, keyId: string): Promise<HttpResponse> {
  const outcome = await accounts.revokeKey(account, keyId);
  if (outcome === 'unknown') throw new RequestError(404, 'KEY_NOT_FOUND', 'There is no such key');
  if (outcome === 'last') {
    throw new RequestError(400, 'LAST_KEY', 'This is the last key of the account: make another one first');
  }
  return { status: 200, body: { keyId } };
}
