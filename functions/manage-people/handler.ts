import { authenticateCrm, isOperator } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import { erasureQuery, presentErasure } from '#api/people-routes';
import { OPERATOR } from '#domain/audit';
import type { BeginErasure } from '#flows/erase/begin-erasure';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Erasures } from '#store/accounts/erasures';
import { type ExportDeps, exportPerson, personNotFound } from './export.ts';

export interface ManagePeopleDeps extends ExportDeps {
  readonly accounts: Pick<Accounts, 'byKey' | 'isOperatorKey'>;
  readonly erasures: Pick<Erasures, 'get' | 'page'>;
  readonly beginErasure: BeginErasure;
  readonly log: Log;
}

const PAGE = 50;

/** What the account knows of people, exported or erased on request, and what was erased. */
export function createHandler(deps: ManagePeopleDeps): HttpHandler {
  const actions: Record<string, (request: HttpRequest) => Promise<HttpResponse>> = {
    'GET /v1/people/{chatType}/{chatId}': (request) => exportPerson(deps, request),
    'DELETE /v1/people/{chatType}/{chatId}': (request) => erase(deps, request),
    'GET /v1/erasures': (request) => list(deps, request),
    'GET /v1/erasures/{erasureId}': (request) => report(deps, request),
  };
  return createRoute(async (request) => {
    const act = actions[`${request.method} ${request.route}`];
    if (!act) throw notFound();
    return act(request);
  }, deps);
}

async function erase(deps: ManagePeopleDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account, keyId } = await authenticateCrm(request, deps);
  const { chatType = '', chatId = '' } = request.params;
  const begun = await deps.beginErasure({ account, actor: keyId }, chatType, chatId);
  if (begun === 'unknown') throw personNotFound();
  if (begun === 'starting')
    throw new RequestError(503, 'STARTING', 'The installation is not a minute old: try again soon');
  return { status: 202, body: begun };
}

async function list(deps: ManagePeopleDeps, request: HttpRequest): Promise<HttpResponse> {
  const log = await logOf(deps, request);
  const { after } = readValues(erasureQuery, request.query, invalidRequest);
  const { erasures, next } = await deps.erasures.page(log, PAGE, readPlace(factPlace, 'after', after));
  const body = { erasures: erasures.map(presentErasure), next: next === undefined ? null : writeCursor(next) };
  return { status: 200, body };
}

async function report(deps: ManagePeopleDeps, request: HttpRequest): Promise<HttpResponse> {
  const log = await logOf(deps, request);
  const found = await deps.erasures.get(log, request.params.erasureId ?? '');
  if (!found) throw new RequestError(404, 'ERASURE_NOT_FOUND', 'There is no such erasure');
  return { status: 200, body: presentErasure(found) };
}

/** The log of who asks: the operator has one of their own, of accounts. */
async function logOf(deps: ManagePeopleDeps, request: HttpRequest): Promise<string> {
  return (await isOperator(request, deps.accounts)) ? OPERATOR : (await authenticateCrm(request, deps)).account;
}
