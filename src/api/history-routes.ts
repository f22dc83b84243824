import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { optionalText, pageSize, text, time } from '#api/fields';

/**
 * A page of a history: at most `limit` messages (50 by default), older than `before`, which the newer page answered.
 */
export const messageListQuery = z.object({ limit: z.optional(pageSize), before: optionalText });

/** A field that only Konvert has, with its meaning. */
const ours = <T extends z.ZodMiniType>(schema: T, what: string) => z.optional(schema.check(z.describe(what)));

/** The address of a file, known at once and good for years. */
const contentUri = z.optional(z.string().check(z.describe('Where the file is, good until it is removed')));

const media = z.object({
  name: optionalText,
  mimeType: optionalText,
  size: z.optional(z.number()),
  durationSeconds: z.optional(z.number()),
  emoji: optionalText,
});

/**
 * One entry of a history: a message, or the decision that no reply is needed or that one is still owed. The fields are those of a `messages`
 * webhook of the compatible API; the fields with a description are only in Konvert.
 */
export const message = z.object({
  messageId: text,
  channelId: text,
  chatType: text,
  chatId: text,
  dateTime: time,
  type: text,
  kind: ours(
    z.string(),
    'What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word',
  ),
  isEcho: z.boolean(),
  contact: z.optional(z.object({ name: optionalText, username: optionalText, phone: optionalText })),
  text: optionalText,
  status: optionalText,
  crmMessageId: ours(z.string(), 'The id with which a message of the team was sent, if it was sent with one'),
  deliveryId: ours(z.string(), 'Of a message that failed: POST /v1/deliveries/{deliveryId}/retry sends it again'),
  error: z.optional(z.object({ error: text, description: text })),
  authorId: optionalText,
  authorName: optionalText,
  quotedMessage: z.optional(
    z.object({
      messageId: optionalText,
      type: optionalText,
      kind: optionalText,
      text: optionalText,
      authorName: optionalText,
    }),
  ),
  isEdited: z.optional(z.boolean()),
  isDeleted: z.optional(z.boolean()),
  oldInfo: z.optional(z.object({ oldText: text })),
  media: ours(media, 'The file, its size in bytes; a sticker has its emoji'),
  contentUri,
  furtherMedia: ours(z.array(z.extend(media, { contentUri })), 'The files after the first, of a message with several'),
  location: ours(
    z.object({ latitude: z.number(), longitude: z.number(), title: optionalText, address: optionalText }),
    'The place, in degrees',
  ),
  vcards: ours(
    z.array(
      z.object({ name: optionalText, phone: optionalText, isSender: z.optional(z.boolean()), text: optionalText }),
    ),
    'Cards of people. isSender: the messenger vouches that the card is the sender’s own. text: the vCard',
  ),
  poll: ours(z.object({ question: text, options: z.array(text) }), 'A question to choose answers to'),
  forwarded: ours(
    z.object({ from: optionalText, dateTime: z.optional(time) }),
    'Forwarded: who said it first, and when, as far as that is told',
  ),
  by: ours(
    z.literal('automatic'),
    'A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing',
  ),
  isImported: ours(z.literal(true), 'It came by an import, so it opened nothing and told nothing'),
  isStandby: ours(z.literal(true), 'Another program held the conversation then'),
  albumId: ours(z.string(), 'The same in all the messages that the messenger shows as one album'),
  referral: ours(z.string(), 'What the link carried by which the client came to the chat'),
  pressed: ours(
    z.object({ text, payload: text }),
    'The button that the client pressed: its label, and what it gives back. An event has the payload as its text, a history the label',
  ),
  buttons: ours(
    z.array(z.array(z.object({ text, payload: optionalText, url: optionalText }))),
    'The buttons of a message of the team, in rows; a press gives back the payload, or else the text',
  ),
  template: ours(
    z.object({ name: text, language: text }),
    'The template that was sent, by its name at the messenger; text holds its words',
  ),
  reactions: ours(z.array(text), 'The client’s reactions to the message'),
  noReplyNeeded: z.optional(
    z.object({ userId: z.nullable(text), reason: optionalText, withdrawnAt: z.nullable(time) }),
  ),
  stillOwed: ours(
    z.object({ userId: z.nullable(text), withdrawnAt: z.nullable(time) }),
    'Somebody of the team said that they still owe an answer to what the client wrote last',
  ),
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
    query: messageListQuery,
    answer: messageList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CHAT_NOT_FOUND', 'STARTING'],
  },
} satisfies DescribedRoutes;
