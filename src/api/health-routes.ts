import * as z from 'zod/mini';
import { deliveryError, presentDeliveryError } from '#api/delivery-routes';
import type { DescribedRoutes } from '#api/described-route';
import { count, text, time, toldChatType } from '#api/fields';
import { shownName } from '#api/present-chat';
import { presentTime } from '#api/present-time';
import type { Health, LaneHealth } from '#domain/health';
import type { NoFields } from '#no-fields';
import type { ChatRow } from '#store/chats/chats';

/** The chat whose client has waited longest for an answer. */
export const oldestUnanswered = z.object({
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  name: text,
  since: time,
});

/** The chats that wait and have no responsible user who could answer. With `atLeast` there are more. */
export const waitingWithoutAnybody = z.object({
  count,
  since: z.nullable(time),
  atLeast: z.optional(z.literal(true)),
});

/**
 * What waits to leave for a target, or to be read from a connected CRM (`news`). With `atLeast` there is more, with
 * `setAside` the receiver refused it.
 */
export const waitingLane = z.object({
  target: text,
  kind: z.enum(['reply', 'event', 'crm', 'news']),
  waiting: count,
  since: time,
  atLeast: z.optional(z.literal(true)),
  setAside: z.optional(z.literal(true)),
  nextAttemptAt: z.optional(time),
  lastError: z.optional(deliveryError),
});

/** A channel that its messenger does not call, with words for people. Registering it again has failed. */
export const deafChannel = z.object({ channelId: text, since: time, why: text });

/**
 * What waits in an account: clients for an answer, and what has to leave. With `moreLanes` more may wait to leave.
 * `deafChannels` is there if there are some.
 */
export const accountHealth = z.object({
  oldestUnanswered: z.nullable(oldestUnanswered),
  waitingWithoutAnybody,
  lanes: z.array(waitingLane),
  moreLanes: z.optional(z.literal(true)),
  deafChannels: z.optional(z.array(deafChannel)),
});

/** How an account is. */
export function presentHealth({
  oldest,
  withoutAnybody,
  backlog,
  deaf,
  ...rest
}: Health<ChatRow>): z.infer<typeof accountHealth> {
  rest satisfies NoFields;
  const { count, since, more } = withoutAnybody;
  return {
    oldestUnanswered: oldest ? presentOldest(oldest) : null,
    waitingWithoutAnybody: {
      count,
      since: since === undefined ? null : presentTime(since),
      ...(more && { atLeast: more }),
    },
    lanes: backlog.lanes.map(presentLane),
    ...(backlog.more && { moreLanes: backlog.more }),
    ...(deaf.length > 0 && {
      deafChannels: deaf.map(({ channelId, since, why }) => ({ channelId, since: presentTime(since), why })),
    }),
  };
}

function presentOldest(row: ChatRow): z.infer<typeof oldestUnanswered> {
  const { channelId, chatType, chatId, chat } = row;
  return { channelId, chatType, chatId, name: shownName(row), since: presentTime(chat.unansweredSince ?? 0) };
}

function presentLane({ target, kind, waiting, more, since, nextAt, lastError, isAside, ...rest }: LaneHealth) {
  rest satisfies NoFields;
  return {
    target,
    kind,
    waiting,
    since: presentTime(since),
    ...(more && { atLeast: more }),
    ...(isAside && { setAside: isAside }),
    ...(nextAt !== undefined && { nextAttemptAt: presentTime(nextAt) }),
    ...(lastError && { lastError: presentDeliveryError(lastError) }),
  };
}

/** The route of health. */
export const describedHealthRoutes = {
  'GET /v1/health': {
    operationId: 'getAccountHealth',
    tag: 'Deliveries',
    summary: 'What waits: the client who has waited longest, clients without anybody, and what does not leave',
    description:
      'A chat is without anybody if none of its responsible users may write in its channel: those who receive new clients see it. `lanes` are the targets for which something waits, as in `GET /v1/deliveries`, those that have waited longest first; what waits for less than ten seconds, and has not failed, is not among them. `deafChannels` are those that their messengers do not call, though they were registered again.',
    answer: accountHealth,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
} satisfies DescribedRoutes;
