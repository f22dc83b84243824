import * as z from 'zod/mini';
import { optionalAddress, optionalIdUpTo } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { optionalText, text } from '#api/fields';

/** The body of `PATCH /v3/message/{messageId}`: the new text, which the messenger limits in length, or another file. */
export const changedMessage = z.object({
  text: optionalText,
  contentUri: optionalAddress,
  crmUserId: optionalIdUpTo(256),
});

/** The message that was changed. The compatible API does not document this answer. */
export const changedMessageAnswer = z.object({ messageId: text });

/** The routes by which the team changes what it sent. */
export const describedMessageChangeRoutes = {
  'PATCH /v3/message/{messageId}': {
    operationId: 'editMessage',
    tag: 'Messages',
    summary: 'Change the text or the file of a message that was sent through Konvert',
    description:
      'The messenger is called while the request waits; then the history shows `isEdited`, and the receiver of events is told. The same request once more is safe, also after a 5xx. Telegram, MAX, VK and WhatsApp by QR code can change messages; one with buttons can only be deleted. `text` or `contentUri` is there, not both.',
    body: changedMessage,
    answer: changedMessageAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [
      'INVALID_MESSAGE_DATA',
      'MESSAGES_NOT_FOUND',
      'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
      'MESSAGES_ONLY_TEXT_OR_CONTENT',
      'MESSAGE_TEXT_TOO_LONG',
      'MESSAGES_TOO_LONG_TELEGRAM',
      'MESSAGES_TOO_LONG_VK',
      'MESSAGES_CONTAIN_BUTTONS',
      'MESSAGES_EDITING_TIME_EXPIRED',
      'CHANNEL_INVALID_TRANSPORT_FOR_EDITING',
      'CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING',
      'MESSAGE_DOWNLOAD_CONTENT_ERROR',
      'MESSAGE_WRONG_CONTENT_TYPE',
      'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
      'MESSAGES_CONTENT_SIZE_EXCEEDED',
      'MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM',
      'CHANNEL_BLOCKED',
      'MESSAGE_CHANNEL_UNAVAILABLE',
      'BAD_CONTACT',
      'UNKNOWN_ERROR',
      'CHAT_NO_ACCESS',
      'TOO_MANY_EXT_REQS',
      'MESSENGER_UNREACHABLE',
    ],
    shape: 'message',
  },
  'DELETE /v3/message/{messageId}': {
    operationId: 'deleteMessage',
    tag: 'Messages',
    summary: 'Delete a message that was sent through Konvert, for everybody',
    description:
      'The messenger is called while the request waits; the history keeps the message with `isDeleted`. Telegram deletes for 48 hours; of the others MAX, VK, Avito and WhatsApp by QR code can. The same request once more is safe, also after a 5xx.',
    answer: changedMessageAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [
      'MESSAGES_NOT_FOUND',
      'MESSAGES_DELETION_TIME_EXPIRED',
      'CHANNEL_INVALID_TRANSPORT_FOR_DELETION',
      'CHANNEL_BLOCKED',
      'MESSAGE_CHANNEL_UNAVAILABLE',
      'BAD_CONTACT',
      'UNKNOWN_ERROR',
      'CHAT_NO_ACCESS',
      'TOO_MANY_EXT_REQS',
      'MESSENGER_UNREACHABLE',
    ],
    shape: 'message',
  },
} satisfies DescribedRoutes;
