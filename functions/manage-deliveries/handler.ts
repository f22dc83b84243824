import * as z from 'zod/mini';
import { authenticateCrm } from '#api/authenticate';
import { factPlace, pendingPlace, readCursor, readPlace, writeCursor } from '#api/cursor';
import { deliveryListQuery, presentDelivery } from '#api/delivery-routes';
import type { Bells } from '#bells';
import type { Actor } from '#domain/sight';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Attempts } from '#store/chats/attempts';
import type { Lanes } from '#store/outbox/lanes';
import type { Rows } from '#store/outbox/rows';
import { PAGE, pendingPage } from './pending-page.ts';

export interface ManageDeliveriesDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly rows: Pick<Rows, 'failedOf' | 'pendingIn' | 'get'>;
  readonly lanes: Pick<Lanes, 'someLanes' | 'hasten'>;
  readonly attempts: Pick<Attempts, 'startAttempt'>;
  readonly bells: Bells<'lanes'>;
  readonly log: Log;
}

/** A lane of replies and the key of a reply. Anything else in the outbox is refused. */
const deliveryName = z.tuple([z.string().check(z.regex(/^reply#./), z.maxLength(1024)), factPlace]);

/** Lists what could not leave yet or failed for good, and sends it again on request (C1). */
export function createHandler(deps: ManageDeliveriesDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticateCrm(request, deps.accounts);
    if (request.route === '/v1/deliveries') return list(deps, request, actor);
    if (request.route === '/v1/deliveries/{deliveryId}/retry') return retry(deps, request, actor);
    throw notFound();
  }, deps);
}

async function list(deps: ManageDeliveriesDeps, { query }: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { state = 'failed', cursor } = readValues(deliveryListQuery, query, invalidRequest);
  if (state === 'pending') {
    const { waiting, next } = await pendingPage(deps, actor.account, readPlace(pendingPlace, 'cursor', cursor));
    return page(
      waiting.map(({ row, nextAt }) => presentDelivery(row, nextAt)),
      next,
    );
  }
  const { rows, next } = await deps.rows.failedOf(actor.account, PAGE, readPlace(factPlace, 'cursor', cursor));
  // The index may still hold a row that is being sent again.
  const failed = rows.filter((row) => row.state === 'failed');
  return page(
    failed.map((row) => presentDelivery(row)),
    next,
  );
}

function page(deliveries: readonly unknown[], next: unknown): HttpResponse {
  return { status: 200, body: { deliveries, ...(next !== undefined && { nextCursor: writeCursor(next) }) } };
}

async function retry(deps: ManageDeliveriesDeps, { params }: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { rows, lanes, attempts, bells } = deps;
  const name = readCursor(deliveryName, params.deliveryId ?? '');
  const row = name && (await rows.get(...name));
  if (!row || row.account !== actor.account || row.state === 'done') {
    throw new RequestError(404, 'DELIVERY_NOT_FOUND', 'Nothing of that id waits or has failed');
  }
  if (row.state === 'failed') {
    // Everything else follows from the reply, so no crash leaves a retry half done. From now on, late news of an older
    // attempt does not count.
    await attempts.startAttempt(row.chat, row.event, row.attempt + 1);
  } else {
    await lanes.hasten(row.lane);
    await bells.ring('lanes', row.lane);
  }
  return { status: 202, body: { deliveryId: params.deliveryId } };
}
