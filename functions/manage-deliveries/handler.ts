import * as z from 'zod/mini';
import { authenticateCrm } from '#api/authenticate';
import { factPlace, pendingPlace, readCursor, readPlace, writeCursor } from '#api/cursor';
import { deliveryListQuery, presentReply } from '#api/delivery-routes';
import type { Bells } from '#bells';
import { chatOfKey } from '#domain/message';
import type { Actor } from '#domain/sight';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Channels } from '#store/accounts/channels';
import type { Attempts } from '#store/chats/attempts';
import type { Facts } from '#store/chats/facts';
import type { WaitingReplies } from '#store/chats/waiting-replies';
import { chatOfReplyLane, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { Rows } from '#store/outbox/rows';
import { PAGE, pendingPage } from './pending-page.ts';

export interface ManageDeliveriesDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly channels: Pick<Channels, 'get' | 'getKnown'>;
  readonly facts: Pick<Facts, 'getReply'>;
  readonly replies: Pick<WaitingReplies, 'waitingFrom' | 'isWaiting'>;
  readonly rows: Pick<Rows, 'failedOf' | 'get' | 'takeOffList'>;
  readonly lanes: Pick<Lanes, 'someLanes' | 'lanesOf' | 'hasten'>;
  readonly attempts: Pick<Attempts, 'startAttempt'>;
  readonly bells: Bells<LaneQueue>;
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
      waiting.map(({ chat, reply: { key: event, storedAt: createdAt }, tried, nextAt }) =>
        presentReply({ chat, event, calls: tried?.calls ?? 0, lastError: tried?.lastError, createdAt, nextAt }),
      ),
      next,
    );
  }
  const { rows, next } = await deps.rows.failedOf(actor.account, PAGE, readPlace(factPlace, 'cursor', cursor));
  return page(
    rows.filter((row) => row.kind === 'reply').map((row) => presentReply(row)),
    next,
  );
}

function page(deliveries: readonly unknown[], next: unknown): HttpResponse {
  return { status: 200, body: { deliveries, ...(next !== undefined && { nextCursor: writeCursor(next) }) } };
}

async function retry(deps: ManageDeliveriesDeps, { params }: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { channels, facts, replies, lanes, attempts, rows, bells } = deps;
  const [lane, event] = readCursor(deliveryName, params.deliveryId ?? '') ?? [];
  const chat = lane === undefined ? undefined : chatOfReplyLane(lane);
  const channel = chat === undefined ? undefined : await channels.get(chatOfKey(chat).channelId);
  if (lane === undefined || event === undefined || !chat || channel?.account !== actor.account) throw notThere();
  const reply = await facts.getReply(chat, event);
  if (!reply) throw notThere();
  const failed = await rows.get(lane, event);
  if (failed?.kind === 'reply' && failed.state === 'failed') {
    // Everything else follows from the reply, so no crash leaves a retry half done. From now on, late news of an older
    // attempt does not count.
    await attempts.startAttempt(chat, event, failed.attempt + 1);
    await rows.takeOffList(failed, failed.attempt);
  } else {
    if (!(await replies.isWaiting(chat, reply))) throw notThere();
    await lanes.hasten(lane);
    await bells.ring(queueOf(lane, false), lane);
  }
  return { status: 202, body: { deliveryId: params.deliveryId } };
}

function notThere(): RequestError {
  return new RequestError(404, 'DELIVERY_NOT_FOUND', 'Nothing of that id waits or has failed');
}
