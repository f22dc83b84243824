import * as z from 'zod/mini';
import { writeCursor } from '#api/cursor';
import type { DescribedRoutes } from '#api/described-route';
import { optionalText, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import type { DeliveryState } from '#domain/delivery';
import { replyLane } from '#store/outbox/lane-names';
import type { DeliveryError } from '#store/outbox/row-item';

/** The states that can be asked for. A delivery that is done needs no attention. */
const ASKED_STATES = ['failed', 'pending'] as const satisfies readonly DeliveryState[];

/**
 * A page of deliveries in one `state` (`failed` by default), after `cursor`, which is the `nextCursor` of the page
 * before.
 */
export const deliveryListQuery = z.object({
  state: z.optional(z.enum(ASKED_STATES)),
  cursor: optionalText,
});

/**
 * A message that failed for good or waits to leave. `target` is the key of its chat; `attempts` counts the calls so
 * far; `nextAttemptAt` is there while it waits.
 */
export const delivery = z.object({
  deliveryId: text,
  state: text,
  kind: text,
  target: text,
  attempts: z.number(),
  lastError: z.nullable(z.object({ code: text, description: text })),
  createdAt: time,
  nextAttemptAt: z.optional(time),
});

/**
 * A page of at most 50 deliveries. One of those that wait may be empty and still have a `nextCursor` to go on with; the
 * last page has none.
 */
export const deliveryList = z.object({ deliveries: z.array(delivery), nextCursor: optionalText });

/** A reply that failed for good, or waits until its lane is due at `nextAt` (epoch ms). */
export function presentReply({
  chat,
  event,
  calls,
  lastError,
  createdAt,
  nextAt,
}: {
  readonly chat: string;
  readonly event: string;
  readonly calls: number;
  readonly lastError?: DeliveryError | undefined;
  readonly createdAt: number;
  readonly nextAt?: number;
}): z.infer<typeof delivery> {
  return {
    deliveryId: writeCursor([replyLane(chat), event]),
    state: nextAt === undefined ? 'failed' : 'pending',
    kind: 'reply',
    target: chat,
    attempts: calls,
    lastError: lastError ? { code: lastError.code, description: lastError.description } : null,
    createdAt: presentTime(createdAt),
    nextAttemptAt: nextAt === undefined ? undefined : presentTime(nextAt),
  };
}

/** The routes of deliveries. */
export const describedDeliveryRoutes: DescribedRoutes = {
  'GET /v1/deliveries': {
    summary: 'What failed for good, or still waits to leave',
    query: deliveryListQuery,
    answer: deliveryList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v1/deliveries/{deliveryId}/retry': { summary: 'Send it again, now', status: 202, security: 'apiKey' },
};
