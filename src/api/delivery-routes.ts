import * as z from 'zod/mini';
import { writeCursor } from '#api/cursor';
import type { DescribedRoutes } from '#api/described-route';
import { count, optionalText, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import { DELIVERY_STATES, type DeliveryState } from '#domain/delivery';
import { DELIVERY_KINDS, type DeliveryKind, WEBHOOK } from '#domain/delivery-kind';
import { idOfKey } from '#domain/fact';
import { isDate } from '#domain/schedule';
import type { NoFields } from '#no-fields';
import type { RowKey } from '#store/outbox/failed-rows';
import type { DeliveryError } from '#store/outbox/row-item';

/** The states that can be asked for. A delivery that is done needs no attention. */
const ASKED_STATES = ['failed', 'pending'] as const satisfies readonly DeliveryState[];

/** What is delivered. */
export const deliveryKind = z.enum(DELIVERY_KINDS);

/** `webhook`, `crm` or the key of a chat, which is a part of the key of a lane. No chat has a key of more than 820 bytes. */
const target = z.string().check(
  z.minLength(1),
  z.maxLength(1000),
  z.refine((value) => Buffer.byteLength(value) <= 1000),
);

/**
 * A page of deliveries in one `state` (`failed` by default), of one `kind` and `target` if they are given, after
 * `cursor`, which is the `nextCursor` of the page before.
 */
export const deliveryListQuery = z.object({
  state: z.optional(z.enum(ASKED_STATES)),
  kind: z.optional(deliveryKind),
  target: z.optional(target),
  cursor: optionalText,
});

/** A time with its zone, as ISO 8601 writes it: `2026-11-29T18:00:00Z`. */
export const moment = z.pipe(
  z.string().check(
    z.maxLength(40),
    z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/),
    // `Date.parse` takes the 30th of February for a day of March.
    z.refine((value) => isDate(value.slice(0, 'YYYY-MM-DD'.length))),
  ),
  z.pipe(
    z.transform((value: string) => Date.parse(value)),
    z.int(),
  ),
);

/** The body of `POST /v1/deliveries/retry`: everything that failed for that target. */
export const retryWanted = z.object({ target });

/**
 * The body of `POST /v1/deliveries/replay`: the events that were made from `from` to just before `to`, which is now
 * unless it is given. The target is `webhook`.
 */
export const replayWanted = z.object({ target: z.literal(WEBHOOK), from: moment, to: z.optional(moment) });

/** How many deliveries wait to leave again. With `more`, others follow by themselves. */
export const sentAgain = z.object({ count, more: z.optional(z.literal(true)) });

/** Why the last call failed. `reason` is the word of the compatible API for it, `links` lead to what it is about in a connected CRM. */
export const deliveryError = z.object({
  code: text,
  description: text,
  reason: optionalText,
  links: z.optional(z.array(text)),
});

/**
 * What failed for good or waits to leave. `target` is the key of a chat, `webhook` for all events, or `crm` for a connected
 * CRM; `name` is what the client is called that it is about, and `channelId` where they write, if it is about one client;
 * `eventId` names an event for ever. `attempts` counts the calls so far; `nextAttemptAt` is there while it waits.
 */
export const delivery = z.object({
  deliveryId: text,
  state: z.enum(DELIVERY_STATES),
  kind: deliveryKind,
  target: text,
  name: optionalText,
  channelId: optionalText,
  eventId: optionalText,
  attempts: count,
  lastError: z.nullable(deliveryError),
  createdAt: time,
  nextAttemptAt: z.optional(time),
});

/**
 * A page of at most 50 deliveries. One of those that wait may be empty and still have a `nextCursor` to go on with; the
 * last page has none.
 */
export const deliveryList = z.object({ deliveries: z.array(delivery), nextCursor: optionalText });

/** The delivery that is tried again. */
export const retried = z.object({ deliveryId: text });

/** A delivery that is listed. `nextAt` is the time at which its lane is due (epoch ms), if it waits. */
export interface Listed {
  readonly lane: string;
  readonly event: string;
  readonly state: DeliveryState;
  readonly kind: DeliveryKind;
  readonly target: string;
  /** The key of the chat that it is about. */
  readonly chat?: string | undefined;
  /** The key of the address of the client who is to be created. */
  readonly address?: string | undefined;
  /** The id of the contact that it is about. */
  readonly contact?: string | undefined;
  readonly calls: number;
  readonly lastError?: DeliveryError | undefined;
  readonly createdAt: number;
  readonly nextAt?: number;
}

/** The id of a delivery. It leads back to its lane and its place there. */
export function deliveryIdOf({ lane, event }: RowKey): string {
  return writeCursor([lane, event]);
}

/** What the client of a delivery is called, and the channel in which they write. */
export interface ListedClient {
  readonly name?: string | undefined;
  readonly channelId?: string | undefined;
}

/** A delivery as the API shows it. */
export function presentDelivery(
  { lane, event, chat: _chat, address: _address, contact: _contact, ...listed }: Listed,
  { name, channelId }: ListedClient = {},
): z.infer<typeof delivery> {
  const { state, kind, target, calls, lastError, createdAt, nextAt, ...rest } = listed;
  rest satisfies NoFields;
  return {
    deliveryId: deliveryIdOf({ lane, event }),
    state,
    kind,
    target,
    name,
    channelId,
    eventId: target === WEBHOOK ? idOfKey(event) : undefined,
    attempts: calls,
    lastError: lastError ? presentDeliveryError(lastError) : null,
    createdAt: presentTime(createdAt),
    nextAttemptAt: nextAt === undefined ? undefined : presentTime(nextAt),
  };
}

/** Why the last call failed, as the API shows it. */
export function presentDeliveryError({
  code,
  description,
  reason,
  links,
}: DeliveryError): z.infer<typeof deliveryError> {
  return { code, description, ...(reason !== undefined && { reason }), ...(links && { links: [...links] }) };
}

/** How many deliveries wait to leave again. */
export function presentSentAgain({ count, more }: { count: number; more: boolean }): z.infer<typeof sentAgain> {
  return more ? { count, more } : { count };
}

/** The routes of deliveries. */
export const describedDeliveryRoutes = {
  'GET /v1/deliveries': {
    operationId: 'listDeliveries',
    tag: 'Deliveries',
    summary: 'What failed for good, or still waits to leave',
    description:
      'A `reply` has its chat as the target, `channelId#chatType#chatId`; all events have `webhook`. What a connected CRM has to be told, and what has to be read from it (`news`), have `crm`.',
    query: deliveryListQuery,
    answer: deliveryList,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST'],
  },
  'POST /v1/deliveries/retry': {
    operationId: 'retryTarget',
    tag: 'Deliveries',
    summary: 'Send again everything that failed for a target, and hasten what waits',
    description: 'They leave in their order. `count` is how many were put back.',
    body: retryWanted,
    answer: sentAgain,
    status: 202,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'TARGET_NOT_FOUND', 'NO_RECEIVER', 'CRM_NOT_CONNECTED'],
  },
  'POST /v1/deliveries/replay': {
    operationId: 'replayEvents',
    tag: 'Deliveries',
    summary: 'Send events once more that the CRM has taken, under the same ids',
    description:
      'Events that were taken are kept for seven days; an earlier `from` is refused with the earliest one. Creations and replies are not replayed.',
    body: replayWanted,
    answer: sentAgain,
    status: 202,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'NO_RECEIVER'],
  },
  'POST /v1/deliveries/{deliveryId}/retry': {
    operationId: 'retryDelivery',
    tag: 'Deliveries',
    summary: 'Send it again, now',
    description: 'A user may do it for a message of a chat in which they may write: the history has its `deliveryId`.',
    answer: retried,
    status: 202,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NO_ACCESS', 'DELIVERY_NOT_FOUND', 'NO_RECEIVER', 'CRM_NOT_CONNECTED'],
  },
} satisfies DescribedRoutes;
