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
    body: changedMessage,
    answer: changedMessageAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
    shape: 'message',
  },
  'DELETE /v3/message/{messageId}': {
    operationId: 'deleteMessage',
    tag: 'Messages',
    summary: 'Delete a message that was sent through Konvert, for everybody',
    answer: changedMessageAnswer,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
    shape: 'message',
  },
} satisfies DescribedRoutes;
