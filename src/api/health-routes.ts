import * as z from 'zod/mini';
import { deliveryError } from '#api/delivery-routes';
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

/** What waits to leave for a target. With `atLeast` there is more, with `setAside` the receiver refused it. */
export const waitingLane = z.object({
  target: text,
  kind: z.enum(['reply', 'event']),
  waiting: count,
  since: time,
  atLeast: z.optional(z.literal(true)),
  setAside: z.optional(z.literal(true)),
  nextAttemptAt: z.optional(time),
  lastError: z.optional(deliveryError),
});

/** What waits in an account: clients for an answer, and what has to leave. With `moreLanes` more may wait to leave. */
export const accountHealth = z.object({
  oldestUnanswered: z.nullable(oldestUnanswered),
  waitingWithoutAnybody,
  lanes: z.array(waitingLane),
  moreLanes: z.optional(z.literal(true)),
});

/** How an account is. */
export function presentHealth({
  oldest,
  withoutAnybody,
  backlog,
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
    ...(lastError && { lastError: { code: lastError.code, description: lastError.description } }),
  };
}

/** The route of health. */
export const describedHealthRoutes = {
  'GET /v1/health': {
    operationId: 'getAccountHealth',
    tag: 'Deliveries',
    summary: 'What waits: the client who has waited longest, clients without anybody, and what does not leave',
    description:
      'A chat is without anybody if none of its responsible users may write in its channel: those who receive new clients see it. `lanes` are the targets for which something waits, as in `GET /v1/deliveries`, those that have waited longest first; what waits for less than ten seconds, and has not failed, is not among them.',
    answer: accountHealth,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
} satisfies DescribedRoutes;
