import * as z from 'zod/mini';
import { chat } from '#api/chat-routes';
import type { DescribedRoutes } from '#api/described-route';
import { count, done, optionalText, text, time } from '#api/fields';
import { NOTICES } from '#domain/notice';
import { isPushService } from '#domain/push-services';

/** The body that says that an answer is still owed, or that takes this back (U9). */
export const stillOwed = z.object({ stillOwed: z.boolean() });

/** A deal of a chat’s contact. */
export const dealOfChat = z.object({ id: text, name: text, link: optionalText, closed: z.boolean() });

/** The deals of a chat's contact for which the user is responsible, the open ones first (C5). */
export const briefcase = z.object({
  deals: z.array(dealOfChat),
});

/** One's own unsent text in a chat. It may quote a message. */
export const draft = z.object({
  text: z.string().check(z.maxLength(10_000)),
  quotedMessageId: z.optional(z.string().check(z.maxLength(256))),
});

/** The draft as it is stored; an empty text if there is none. */
export const storedDraft = z.object({ text, quotedMessageId: optionalText, savedAt: z.nullable(time) });

/** A text that users put into their messages. */
export const quickReply = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  title: z.string().check(z.minLength(1), z.maxLength(100)),
  text: z.string().check(z.minLength(1), z.maxLength(4_096)),
});

/** All quick replies of an account, in their order. `version` has to be the one that was read, else it is a 409. */
export const quickReplies = z.object({
  quickReplies: z.array(quickReply).check(z.maxLength(200)),
  version: z.optional(z.int()),
});

/** A quick reply as it is stored. */
export const storedQuickReply = z.object({ id: text, title: text, text });

/** All quick replies of an account. */
export const quickRepliesAnswer = z.object({
  quickReplies: z.array(storedQuickReply),
  version: count,
});

/** The id of a subscription, which the page makes. */
export const subscriptionId = z.string().check(z.regex(/^[\w-]{1,64}$/));

/** A push service is called by https only; on one machine a stand-in may listen. */
const ENDPOINT = /^(https:\/\/[^@]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/[^@]*)$/;

/**
 * Where a browser is woken by Web Push, and when. What is left out stays as it was chosen before. `notices`: all that its
 * user is called for, only what is theirs to answer or meant for heads, or nothing. https://www.w3.org/TR/push-api/
 */
export const pushSubscription = z.object({
  endpoint: z.url().check(z.maxLength(1_000), z.regex(ENDPOINT), z.refine(isPushService)),
  notices: z.optional(z.enum(NOTICES)),
  outsideHours: z.optional(z.boolean()),
});

/** The subscription that was stored, with what is chosen for it, or that was ended. */
export const subscriptionAnswer = z.object({
  id: text,
  notices: z.optional(z.enum(NOTICES)),
  outsideHours: z.optional(z.boolean()),
});

/** What the page has beside lists and histories. */
export const describedDeskRoutes = {
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': {
    operationId: 'setStillOwed',
    tag: 'Chats',
    summary: 'Say that an answer is still owed, or take that back',
    description:
      'With `true` the client’s newest message waits again, as of now, until somebody answers; in a chat in which the client wrote nothing it is refused.',
    body: stillOwed,
    answer: chat,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'NOTHING_TO_ANSWER', 'CHAT_NO_ACCESS', 'CHAT_NOT_FOUND', 'STARTING'],
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': {
    operationId: 'listDealsOfChat',
    tag: 'Chats',
    summary: 'The deals of the client for which the user is responsible',
    answer: briefcase,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NOT_FOUND'],
  },
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': {
    operationId: 'askForDeal',
    tag: 'Chats',
    summary: 'Ask for one more deal with the client',
    description:
      'It takes a user. The CRM is asked by `createDeal`; without one that listens Konvert keeps the deal itself. A second request within a minute adds nothing.',
    answer: done,
    status: 202,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NO_ACCESS', 'CHAT_NOT_FOUND', 'NO_CONTACT'],
  },
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': {
    operationId: 'getDraft',
    tag: 'Desk',
    summary: 'One’s own unsent text in a chat',
    description: 'It takes a user (`Konvert-User`).',
    answer: storedDraft,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NOT_FOUND'],
  },
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': {
    operationId: 'putDraft',
    tag: 'Desk',
    summary: 'Keep one’s own unsent text',
    description: 'It takes a user (`Konvert-User`). The last one stays, for 90 days; an empty one is dropped.',
    body: draft,
    answer: storedDraft,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CHAT_NOT_FOUND'],
  },
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': {
    operationId: 'deleteDraft',
    tag: 'Desk',
    summary: 'Drop one’s own unsent text',
    description: 'It takes a user (`Konvert-User`).',
    answer: storedDraft,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['CHAT_NOT_FOUND'],
  },
  'GET /v1/quick-replies': {
    operationId: 'listQuickReplies',
    tag: 'Desk',
    summary: 'The quick replies of the account',
    answer: quickRepliesAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
  },
  'PUT /v1/quick-replies': {
    operationId: 'replaceQuickReplies',
    tag: 'Desk',
    summary: 'Replace the quick replies of the account',
    description:
      'The CRM or a user who may write in some channel replaces them all. Without `version` the last one wins. At most 200, with 100,000 characters together; the caller makes the ids.',
    body: quickReplies,
    answer: quickRepliesAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'QUICK_REPLIES_CHANGED'],
  },
  'PUT /v1/push-subscriptions/{id}': {
    operationId: 'putPushSubscription',
    tag: 'Desk',
    summary: 'Let a browser of the user be woken by Web Push',
    description:
      'It takes a user (`Konvert-User`). The caller makes the `id`, and subscribes with the `pushKey` of `GET /v1/me`. A push has no payload. Of the 21st subscription of a user the oldest makes way. `endpoint` is one of Google’s, Mozilla’s, Apple’s or Microsoft’s push services. `notices` and `outsideHours` stay as they were chosen before if they are left out; at first they are `all` and false.',
    body: pushSubscription,
    answer: subscriptionAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST'],
  },
  'DELETE /v1/push-subscriptions/{id}': {
    operationId: 'deletePushSubscription',
    tag: 'Desk',
    summary: 'End the waking of a browser',
    description: 'It takes a user (`Konvert-User`). There may be none.',
    answer: subscriptionAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST'],
  },
} satisfies DescribedRoutes;
