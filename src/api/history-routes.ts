import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { address, count, optionalText, pageSize, text, time, toldChatType } from '#api/fields';

/**
 * A page of a history: at most `limit` messages (50 by default), older than `before`, which the newer page answered.
 */
export const messageListQuery = z.object({ limit: z.optional(pageSize), before: optionalText });

/** A file of a message. */
export const media = z.object({
  name: optionalText,
  mimeType: optionalText,
  size: z.optional(count),
  durationSeconds: z.optional(z.number()),
  emoji: optionalText,
});

/** A file after the first, of a message with several. */
export const furtherMedia = z.extend(media, { contentUri: z.optional(address) });

/** Who a message is from or to, as far as the messenger tells. */
export const messageContact = z.object({ name: optionalText, username: optionalText, phone: optionalText });

/** What a message quotes. */
export const quotedMessage = z.object({
  messageId: optionalText,
  type: optionalText,
  kind: optionalText,
  text: optionalText,
  authorName: optionalText,
});

/** What a message said before it was changed. */
export const oldInfo = z.object({ oldText: text });

/** A place. */
export const location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  title: optionalText,
  address: optionalText,
});

/** The card of a person. */
export const vcard = z.object({
  name: optionalText,
  phone: optionalText,
  isSender: z.optional(z.boolean()),
  text: optionalText,
});

/** A question to choose answers to. */
export const poll = z.object({ question: text, options: z.array(text) });

/** Where a forwarded message is from. */
export const forwarded = z.object({ from: optionalText, dateTime: z.optional(time) });

/** A button of a message. A press gives back the payload, or else the text. */
export const shownButton = z.object({ text, payload: optionalText, url: optionalText });

/** A button that the client pressed: its label, and what it gives back. */
export const pressedButton = z.object({ text, payload: text });

/** Why a message was not sent. */
export const sendError = z.object({ error: text, description: text, reason: optionalText });

/** A template that was sent. */
export const sentTemplate = z.object({ name: text, language: text });

/** The decision that no reply is needed. `withdrawnAt` is null while it holds. */
export const noReplyEntry = z.object({ userId: z.nullable(text), reason: optionalText, withdrawnAt: z.nullable(time) });

/** The promise of an answer. `withdrawnAt` is null while it holds. */
export const owedEntry = z.object({ userId: z.nullable(text), withdrawnAt: z.nullable(time) });

/**
 * One entry of a history: a message, or a decision of the team, which is that no reply is needed or that an answer is
 * still owed. It has the fields of a `messages` webhook of the compatible API, and fields of Konvert.
 */
export const message = z.object({
  messageId: text,
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  avitoProfileId: optionalText,
  dateTime: time,
  type: text,
  kind: optionalText,
  isEcho: z.boolean(),
  contact: z.optional(messageContact),
  text: optionalText,
  status: optionalText,
  crmMessageId: optionalText,
  deliveryId: optionalText,
  error: z.optional(sendError),
  sentFromApp: z.optional(z.literal(true)),
  authorId: optionalText,
  authorName: optionalText,
  quotedMessage: z.optional(quotedMessage),
  isEdited: z.optional(z.boolean()),
  isDeleted: z.optional(z.boolean()),
  oldInfo: z.optional(oldInfo),
  media: z.optional(media),
  contentUri: z.optional(address),
  furtherMedia: z.optional(z.array(furtherMedia)),
  location: z.optional(location),
  vcards: z.optional(z.array(vcard)),
  poll: z.optional(poll),
  forwarded: z.optional(forwarded),
  by: z.optional(z.literal('automatic')),
  isImported: z.optional(z.literal(true)),
  isStandby: z.optional(z.literal(true)),
  albumId: optionalText,
  referral: optionalText,
  pressed: z.optional(pressedButton),
  buttons: z.optional(z.array(z.array(shownButton))),
  template: z.optional(sentTemplate),
  reactions: z.optional(z.array(text)),
  noReplyNeeded: z.optional(noReplyEntry),
  stillOwed: z.optional(owedEntry),
});

/**
 * A page of a history, the newest entry last. A reply sends `seenUpTo` back: it stands for the messages that this
 * answer shows. The oldest page has no `before`.
 */
export const messageList = z.object({ messages: z.array(message), seenUpTo: text, before: optionalText });

/** The route of a chat's history. */
export const describedHistoryRoutes = {
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': {
    operationId: 'listMessages',
    tag: 'Chats',
    summary: 'The history of a chat, newest last',
    description:
      '`before` of an answer leads to older messages. A reply sends `seenUpTo` back, so that it answers only what its writer has seen.',
    query: messageListQuery,
    answer: messageList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CHAT_NOT_FOUND', 'STARTING'],
  },
} satisfies DescribedRoutes;
