import * as z from 'zod/mini';
import { optionalAddress, optionalIdUpTo } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { chatType, id, optionalText, text } from '#api/fields';

/** A field of any kind that is absent if nothing is in it: existing clients send empty texts, lists and objects. */
export const anythingInIt = z.pipe(
  z.optional(z.unknown()),
  z.transform((value) => (isEmpty(value) ? undefined : value)),
);

/** A value of a template's variable. Meta takes 1024 characters in the whole body. */
const templateValue = z.pipe(
  z.union([z.string().check(z.maxLength(1024)), z.number()]),
  z.transform((value) => String(value)),
);

/**
 * The body of `POST /v3/message`; the messenger limits the length of `text`. It holds a text, a file (`contentUri`) or a
 * template, with the file of its header if it has one. The reply answers what `seenUpTo` stands for, all stored messages
 * without it, and none with `clearUnanswered: false`. A `crmMessageId` is refused if it comes
 * twice within 60 seconds, and from a page within 48 hours: then the answer says what became of the first request.
 */
export const newMessage = z.object({
  channelId: z.string().check(z.maxLength(256)),
  chatType,
  chatId: id,
  text: optionalText,
  contentUri: optionalAddress,
  refMessageId: optionalIdUpTo(256),
  crmUserId: optionalIdUpTo(256),
  crmMessageId: optionalIdUpTo(256),
  clearUnanswered: z.optional(z.boolean()),
  seenUpTo: optionalText,
  templateId: optionalIdUpTo(64),
  templateValues: z.optional(z.array(templateValue).check(z.maxLength(100))),
  buttonsObject: anythingInIt,
});

/** The reply that was accepted: it is stored, and leaves from the outbox. */
export const newMessageAnswer = z.object({ messageId: text, chatId: text });

/** The route by which the team writes. */
export const describedMessageRoutes = {
  'POST /v3/message': {
    operationId: 'sendMessage',
    tag: 'Messages',
    summary: 'Reply to a client, or write first',
    description:
      '201 says that the message is stored, not that it was sent: what becomes of it is told by `statuses` events and in the history. One of three is sent: a text (with buttons, if wanted), a file by `contentUri`, or a template.\n\nThe chat is no longer unanswered for what `seenUpTo` stands for, and without it for all stored messages; with `clearUnanswered: false` it stays as it is. A `crmMessageId` that comes again within 60 seconds is refused, so a request that got no answer can be sent again. To an address that never wrote a chat is opened; whether a message reaches it is the messenger’s decision. In WhatsApp it takes a template, as does a client who has been silent for 24 hours.',
    body: newMessage,
    answer: newMessageAnswer,
    status: 201,
    security: 'apiKey',
    asUser: true,
    errors: [
      'INVALID_MESSAGE_DATA',
      '400 CHANNEL_NOT_FOUND',
      'WRONG_TRANSPORT',
      'CHANNEL_BLOCKED',
      'MESSAGE_CHANNEL_UNAVAILABLE',
      'MESSAGE_NOTHING_TO_SEND',
      'MESSAGE_ONLY_TEXT_OR_CONTENT',
      'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
      'MESSAGE_TEXT_TOO_LONG',
      'MESSAGES_TOO_LONG_AVITO',
      'MESSAGES_TOO_LONG_INSTAGRAM',
      'MESSAGES_TOO_LONG_TELEGRAM',
      'MESSAGES_TOO_LONG_VIBER',
      'MESSAGES_TOO_LONG_VK',
      'MESSAGES_TOO_LONG_WABA',
      'MESSAGES_TOO_LONG_WABA_HEADER',
      'MESSAGES_TOO_LONG_WABA_TEMPLATE',
      'MESSAGE_DOWNLOAD_CONTENT_ERROR',
      'MESSAGE_WRONG_CONTENT_TYPE',
      'MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI',
      'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
      'MESSAGES_CONTENT_SIZE_EXCEEDED',
      'MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM',
      'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
      'REFERENCE_MESSAGE_NOT_FOUND',
      'TEMPLATE_REJECTED',
      'REPEATED_CRM_MESSAGE_ID',
      'CHAT_NO_ACCESS',
      'ALREADY_TAKEN',
      'MESSENGER_UNREACHABLE',
      'STARTING',
    ],
    shape: 'message',
  },
} satisfies DescribedRoutes;

function isEmpty(value: unknown): boolean {
  if (value === '' || value === null) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
