import * as z from 'zod/mini';
import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { pushSubscription, subscriptionId } from '#api/desk-routes';
import type { Actor } from '#domain/sight';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody, readValues } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { PushSubscriptions, Subscriber } from '#store/pages/push-subscriptions';

export interface ManagePushDeps extends AuthenticateDeps {
  readonly subscriptions: Pick<PushSubscriptions, 'put' | 'remove'>;
  readonly log: Log;
}

/** A user's own browsers that may be woken (N2). */
export function createHandler({ subscriptions, ...deps }: ManagePushDeps): HttpHandler {
  return createRoute(async (request) => {
    const asker = await authenticate(request, deps);
    const subscriber = subscriberOf(asker);
    const { id } = readValues(z.object({ id: subscriptionId }), request.params, invalidRequest);
    if (request.method === 'PUT') {
      const told = readBody(pushSubscription, request.body, invalidRequest);
      const { userMade, page: { deviceId } = {} } = asker;
      const of = { ...(deviceId !== undefined && { deviceId }), ...(userMade !== undefined && { userMade }) };
      return { status: 200, body: { id, ...(await subscriptions.put(subscriber, { id, ...told, ...of })) } };
    }
    await subscriptions.remove(subscriber, id);
    return { status: 200, body: { id } };
  }, deps);
}

function subscriberOf({ account, userId }: Actor): Subscriber {
  if (userId !== undefined) return { account, userId };
  throw new RequestError(403, 'FORBIDDEN', 'Browsers are those of users: send the header Konvert-User');
}
