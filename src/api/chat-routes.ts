import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, id, optionalText, pageSize, text, time, toldChatType } from '#api/fields';
import { presentTime } from '#api/present-time';
import type { Counter } from '#domain/list';
import type { NoFields } from '#no-fields';

/**
 * A page of chats: those of `view` (`all` by default), at most `limit` (50 by default), after `cursor`, which is the
 * `nextCursor` of the page before. With `find`, those of the clients that it names: a phone in any spelling, an id, a username,
 * else a part of the name; `view` has no say then.
 */
export const chatListQuery = z.object({
  find: z.optional(z.string().check(z.maxLength(100))),
  view: z.optional(z.enum(['all', 'unanswered'])),
  limit: z.optional(pageSize),
  cursor: optionalText,
});

/** Who said that no reply is needed, and when. Nobody but the CRM itself if `userId` is null. */
export const noReplyMark = z.object({ userId: z.nullable(text), at: time, reason: optionalText });

/** Who owes an answer, since when. */
export const owedMark = z.object({ userId: z.nullable(text), at: time });

/**
 * A chat. `version` grows with every change: an answer with an older one is stale. `mayWrite`: whether the acting user
 * may write there; `channelDeleted`: they might if its channel were not deleted, and may still say that no reply is needed;
 * `isOwn`: whether it is theirs to answer, which makes their counter red. Chats of one person have the
 * same `thread`. `stillOwed`: who owes an answer, since when; absent if nobody does. `late`: the client waits so long that the
 * channel's timer does something about it; `leavesAt`: when they leave their responsible user, if nobody replies before; `told`:
 * when the heads were told of it. `unansweredCount` is exact up to
 * 200; `preview` is the beginning of the newest message, at most 100 characters. `lastBy`: whether the team wrote that, and
 * whether the messenger `refused` it; absent if the client wrote it. A reply sends `seenUpTo` back: it stands for the
 * messages that this answer shows.
 */
export const chat = z.object({
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  name: text,
  contactId: z.nullable(text),
  responsibleUserId: z.nullable(text),
  unanswered: z.boolean(),
  unansweredSince: z.nullable(time),
  unansweredCount: count,
  noReplyNeeded: z.nullable(noReplyMark),
  stillOwed: z.optional(owedMark),
  lastMessageAt: time,
  preview: text,
  lastBy: z.optional(z.enum(['team', 'refused'])),
  seenUpTo: text,
  version: count,
  mayWrite: z.boolean(),
  channelDeleted: z.optional(z.literal(true)),
  isOwn: z.boolean(),
  thread: text,
  late: z.optional(z.literal(true)),
  leavesAt: z.optional(time),
  told: z.optional(time),
});

/** A page of chats. The last page has no `nextCursor`. */
export const chatList = z.object({ chats: z.array(chat), nextCursor: optionalText });

/**
 * The body that says that the messages which `seenUpTo` stands for need no reply, or that takes this back. `reason` has
 * at most 1000 characters.
 */
export const noReplyNeeded = z.object({
  noReplyNeeded: z.boolean(),
  seenUpTo: optionalText,
  reason: z.optional(z.string().check(z.maxLength(1000))),
});

/** The body of a hand-over: the user who becomes responsible. Their role in the channel has to let them write. */
export const newResponsible = z.object({ userId: id });

/**
 * The number of messages that wait for a user; after 500 waiting chats each further chat counts as one. `type` is `red`
 * if the user has to answer one of the chats themselves. `lastMsgDateTime` is the time of the newest message.
 */
export const counter = z.object({
  counterV2: count,
  type: z.nullable(z.enum(['red', 'grey'])),
  lastMsgDateTime: z.nullable(time),
});

/** The number of messages that wait for a user. */
export function presentCounter({ count: counted, isOwn, lastMessageAt, ...rest }: Counter): z.infer<typeof counter> {
  rest satisfies NoFields;
  return {
    counterV2: counted,
    type: counted === 0 ? null : isOwn ? 'red' : 'grey',
    lastMsgDateTime: lastMessageAt === undefined ? null : presentTime(lastMessageAt),
  };
}

/** The routes of chats, except for their history. */
export const describedChatRoutes = {
  'GET /v3/unanswered/{id}': {
    operationId: 'countUnanswered',
    tag: 'Chats',
    summary: 'How many messages wait in the chats that a user sees',
    description:
      '`red` means that one of the chats is the user’s to answer. Nothing that waits is `0` and null. Unlike Wazzup’s, it counts older messages than those of seven days, too.',
    answer: counter,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['USER_NOT_FOUND'],
  },
  'GET /v1/chats': {
    operationId: 'listChats',
    tag: 'Chats',
    summary: 'The chats, the longest waiting first, then the rest',
    description:
      'With `Konvert-User` the chats that the user sees, else all. Chats that wait come first, the one that waits longest on top. Ask again with `nextCursor` until there is none: a page may be shorter than asked.',
    query: chatListQuery,
    answer: chatList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'STARTING'],
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': {
    operationId: 'getChat',
    tag: 'Chats',
    summary: 'One chat',
    answer: chat,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NOT_FOUND', 'STARTING'],
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': {
    operationId: 'setNoReplyNeeded',
    tag: 'Chats',
    summary: 'Say that no reply is needed to what was seen, or take that back',
    description: 'With `true`, `seenUpTo` is needed: a message that came meanwhile still waits.',
    body: noReplyNeeded,
    answer: chat,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'INVALID_SEEN_UP_TO', 'CHAT_NO_ACCESS', 'CHAT_NOT_FOUND', 'STARTING'],
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': {
    operationId: 'handOver',
    tag: 'Chats',
    summary: 'Hand the client over to another user',
    description:
      'A head, the responsible user or the CRM may do it. A contact that Konvert keeps is changed; what the CRM pushes later counts more.',
    body: newResponsible,
    answer: chat,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', '400 UNKNOWN_USER', 'CHAT_NO_ACCESS', 'CHAT_NOT_FOUND', 'STARTING'],
  },
} satisfies DescribedRoutes;
