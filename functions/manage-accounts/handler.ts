import type * as z from 'zod/mini';
import {
  accountChange,
  newAccount,
  presentKeys,
  presentNewAccount,
  presentNewKey,
  wantedKey,
} from '#api/account-routes';
import { auditQuery, presentAuditEntry } from '#api/audit-routes';
import { authenticateCrm, authenticateOperator, isOperator } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import { OPERATOR } from '#domain/audit';
import type { RingPages } from '#flows/ring-pages';
import { accountNotFound, invalidRequest, notFound, RequestError } from '#http/errors';
import { readBody, readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Audit } from '#store/accounts/audit';
import type { PageTokens } from '#store/pages/tokens';

export interface ManageAccountsDeps {
  readonly accounts: Omit<Accounts, 'setOperatorKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly audit: Pick<Audit, 'page'>;
  readonly ringPages: Pick<RingPages, 'sayBye'>;
  readonly log: Log;
}

const PAGE = 50;

/**
 * The operator makes accounts, gives them keys, disables and enables them. The account makes and revokes its keys. A
 * key is shown once. What was done is in the audit.
 */
export function createHandler(deps: ManageAccountsDeps): HttpHandler {
  const { accounts, log } = deps;
  const actions: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
    'POST /v1/accounts': async (request) => {
      await authenticateOperator(request, accounts);
      const { name } = readBody(newAccount, request.body, invalidRequest);
      return { status: 201, body: presentNewAccount(await accounts.create(name)) };
    },
    'POST /v1/accounts/{accountId}/keys': async (request) => {
      await authenticateOperator(request, accounts);
      const { name } = readWantedKey(request);
      const key = await accounts.addKeyByOperator(request.params.accountId ?? '', name);
      if (!key) throw accountNotFound();
      return { status: 201, body: presentNewKey(key) };
    },
    'PATCH /v1/accounts/{accountId}': async (request) => {
      await authenticateOperator(request, accounts);
      const { enabled } = readBody(accountChange, request.body, invalidRequest);
      const { accountId = '' } = request.params;
      if (!(await accounts.setEnabled(accountId, enabled))) throw accountNotFound();
      return { status: 200, body: { accountId, enabled } };
    },
    'GET /v1/account/keys': async (request) => {
      const { account } = await authenticateCrm(request, deps);
      return { status: 200, body: presentKeys(await accounts.listKeys(account)) };
    },
    'POST /v1/account/keys': async (request) => {
      const { account, keyId } = await authenticateCrm(request, deps);
      const { name } = readWantedKey(request);
      return { status: 201, body: presentNewKey(await accounts.addKey(account, name, keyId)) };
    },
    'DELETE /v1/account/keys/{keyId}': async (request) => {
      const { account, keyId } = await authenticateCrm(request, deps);
      return revokeKey(deps, account, request.params.keyId ?? '', keyId);
    },
    'GET /v1/audit': (request) => listActs(deps, request),
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

/** A key needs no body: the first version took none. */
function readWantedKey({ body }: HttpRequest): NonNullable<z.infer<typeof wantedKey>> {
  return (body.length > 0 && readBody(wantedKey, body, invalidRequest)) || {};
}

async function revokeKey(
  { accounts, ringPages }: Pick<ManageAccountsDeps, 'accounts' | 'ringPages'>,
  account: string,
  keyId: string,
  actor: string,
): Promise<HttpResponse> {
  const outcome = await accounts.revokeKey(account, keyId, actor);
  if (outcome === 'unknown') throw new RequestError(404, 'KEY_NOT_FOUND', 'There is no such key');
  if (outcome === 'last') {
    throw new RequestError(400, 'LAST_KEY', 'This is the last key of the account: make another one first');
  }
  await ringPages.sayBye(account, keyId);
  return { status: 200, body: { keyId } };
}

async function listActs(deps: ManageAccountsDeps, request: HttpRequest): Promise<HttpResponse> {
  const { accounts, audit } = deps;
  const log = (await isOperator(request, accounts)) ? OPERATOR : (await authenticateCrm(request, deps)).account;
  const { cursor } = readValues(auditQuery, request.query, invalidRequest);
  const { entries, next } = await audit.page(log, PAGE, readPlace(factPlace, 'cursor', cursor));
  return {
    status: 200,
    body: { entries: entries.map(presentAuditEntry), ...(next !== undefined && { nextCursor: writeCursor(next) }) },
  };
}
