import * as z from 'zod/mini';
import { assignment } from '#api/assignment-routes';
import { noReplyMark, owedMark } from '#api/chat-routes';
import type { DescribedRoutes } from '#api/described-route';
import { address, count, optionalText, text, time, toldChatType } from '#api/fields';
import { message } from '#api/history-routes';
import { FILE_STATES } from '#domain/file';

/** A page of an export, behind `after`, which is the `next` of the page before. */
export const exportQuery = z.object({ after: z.optional(z.string().check(z.maxLength(8_000))) });

/** An id that a messenger has for the person. */
export const exportedId = z.object({ chatType: toldChatType, chatId: text });

/** What the CRM keeps of the person. */
export const exportedContact = z.object({
  id: text,
  name: text,
  responsibleUserId: text,
  contactData: z.array(
    z.object({ chatType: toldChatType, chatId: optionalText, username: optionalText, phone: optionalText }),
  ),
  uri: optionalText,
});

/** A deal of one of those contacts. */
export const exportedDeal = z.object({
  id: text,
  name: text,
  responsibleUserId: text,
  closed: z.boolean(),
  uri: optionalText,
});

/**
 * The person: the id that was asked for, and on the first page everything that is known beside what was said.
 * `responsibleUserIds` are the users who are responsible now, `assignments` why users became so, the newest first.
 */
export const exportedPerson = z.object({
  chatType: toldChatType,
  chatId: text,
  ids: z.optional(z.array(exportedId)),
  contacts: z.optional(z.array(exportedContact)),
  deals: z.optional(z.array(exportedDeal)),
  responsibleUserIds: z.optional(z.array(text)),
  assignments: z.optional(z.array(assignment)),
});

/** A chat of the person, as it is now. `ids` are the other ids that its messages told. */
export const exportedChat = z.object({
  channelId: text,
  chatType: toldChatType,
  chatId: text,
  name: optionalText,
  username: optionalText,
  ids: z.array(exportedId),
  responsibleUserIds: z.array(text),
  unanswered: z.boolean(),
  unansweredSince: z.nullable(time),
  unansweredCount: count,
  noReplyNeeded: z.nullable(noReplyMark),
  stillOwed: z.nullable(owedMark),
  lastMessageAt: time,
  preview: text,
});

/**
 * A message or a decision as a history has it. `raw` is what the messenger told of a message of an unknown kind, and
 * `isWaiting` says that it has not left yet.
 */
export const exportedMessage = z.extend(message, { raw: optionalText, isWaiting: z.optional(z.literal(true)) });

/** A file of one of these messages. */
export const exportedFile = z.object({
  messageId: text,
  name: text,
  state: z.enum(FILE_STATES),
  type: optionalText,
  size: z.optional(count),
  sha256: optionalText,
  contentUri: z.optional(address),
});

/**
 * A page of an export. Chats and what is known of the person stand on the first page; `messages` go through one chat
 * after the other, the oldest first. A page may be empty; `next` of the last one is null.
 */
export const exportPage = z.object({
  person: exportedPerson,
  chats: z.array(exportedChat),
  messages: z.array(exportedMessage),
  files: z.array(exportedFile),
  next: z.nullable(text),
});

/** The route of the export of a person. */
export const describedExportRoutes = {
  'GET /v1/people/{chatType}/{chatId}': {
    operationId: 'exportPerson',
    tag: 'People',
    summary: 'Everything that Konvert knows of a person, page by page',
    description:
      'Any id of the person will do: the answer holds all channels and all other ids of theirs, also those that a contact of the CRM has beside it. `next` of an answer goes into `after`, until it is null. A message that comes meanwhile is neither left out nor told twice. Drafts are not in it: users have not said them. The audit keeps that an export was begun, and not of whom.',
    query: exportQuery,
    answer: exportPage,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'PERSON_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
