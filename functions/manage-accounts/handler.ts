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
import { presentCheck } from '#api/check-routes';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import type { Bells } from '#bells';
import { OPERATOR } from '#domain/audit';
import type { BeginCheck } from '#flows/check/begin-check';
import type { RingPages } from '#flows/ring-pages';
import { accountNotFound, invalidRequest, notFound, RequestError } from '#http/errors';
import { readBody, readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Audit } from '#store/accounts/audit';
import type { Checks } from '#store/accounts/checks';
import type { ClosingAccounts } from '#store/accounts/closing';
import type { PageTokens } from '#store/pages/tokens';

export interface ManageAccountsDeps {
  readonly accounts: Omit<Accounts, 'setOperatorKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly audit: Pick<Audit, 'page' | 'record'>;
  readonly checks: Pick<Checks, 'get'>;
  readonly beginCheck: BeginCheck;
  readonly closing: ClosingAccounts;
  readonly ringPages: Pick<RingPages, 'sayBye'>;
  readonly bells: Bells<'erasures'>;
  /** The base of the addresses that messengers are given. */
  readonly publicUrl: string | undefined;
  readonly log: Log;
}

const PAGE = 50;

/**
 * The operator makes accounts, gives them keys, disables, enables and closes them. The account makes and revokes its keys. A
 * key is shown once. What was done is in the audit. The operator has all that is stored checked.
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
    'DELETE /v1/accounts/{accountId}': (request) => close(deps, request),
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
    'POST /v1/checks': async (request) => {
      await authenticateOperator(request, accounts);
      const checkId = await deps.beginCheck('whole');
      await deps.audit.record({ account: OPERATOR, actor: OPERATOR, act: 'check-begun', subject: checkId });
      return { status: 202, body: { checkId } };
    },
    'GET /v1/checks/{checkId}': async (request) => {
      await authenticateOperator(request, accounts);
      const check = await deps.checks.get(request.params.checkId ?? '');
      if (!check) throw new RequestError(404, 'CHECK_NOT_FOUND', 'There was no such check in the last 90 days');
      return { status: 200, body: presentCheck(check) };
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

/** Everything of the account goes, by a task. What its messengers were told is below the address that is used here. */
async function close(
  { accounts, closing, bells, publicUrl }: ManageAccountsDeps,
  request: HttpRequest,
): Promise<HttpResponse> {
  await authenticateOperator(request, accounts);
  const begun = await closing.begin(request.params.accountId ?? '', publicUrl ?? request.origin);
  if (begun === 'unknown') throw accountNotFound();
  if (begun === 'enabled') {
    const description = 'Disable the account first: PATCH /v1/accounts/{accountId} with {"enabled":false}';
    throw new RequestError(409, 'ACCOUNT_ENABLED', description);
  }
  await bells.ring('erasures', begun.task);
  return { status: 202, body: { erasureId: begun.erasureId } };
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
