import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { id, optionalText, text } from '#api/fields';
import { CHAT_TYPES } from '#domain/message';

/**
 * The body of `POST /v3/message`; the messenger limits the length of `text`. The reply answers what `seenUpTo` stands
 * for, all stored messages without it, and none with `clearUnanswered: false`. A `crmMessageId` is refused if it comes
 * twice within 60 seconds.
 */
export const newMessage = z.object({
  channelId: z.string().check(z.maxLength(256)),
  chatType: z.enum(CHAT_TYPES),
  chatId: id,
  text: optionalText,
  contentUri: optionalText,
  refMessageId: z.optional(id),
  crmUserId: z.optional(id),
  crmMessageId: z.optional(id),
  clearUnanswered: z.optional(z.boolean()),
  seenUpTo: optionalText,
  templateId: z.optional(z.unknown()),
  buttonsObject: z.optional(z.unknown()),
});

/** The reply that was accepted: it is stored, and leaves from the outbox. */
export const newMessageAnswer = z.object({ messageId: text, chatId: text });

/** The route by which the team writes. */
export const describedMessageRoutes: DescribedRoutes = {
  'POST /v3/message': {
    summary: 'Reply to a client, or write first',
    body: newMessage,
    answer: newMessageAnswer,
    status: 201,
    security: 'apiKey',
  },
};
