import type * as z from 'zod/mini';
import { changedMessage } from '#api/message-change-routes';
import { invalidMessage, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';

/** What a message shall say. Without `text` it shall be another file. */
export type Change = z.infer<typeof changedMessage>;

/** The change in a body. Throws a `RequestError` 400 that names what is wrong. */
export function readChange(body: Uint8Array): Change {
  const change = readBody(changedMessage, body, invalidMessage);
  const { text, contentUri } = change;
  if (text && contentUri) {
    throw new RequestError(400, 'MESSAGES_ONLY_TEXT_OR_CONTENT', 'Send text or contentUri, not both', {
      fields: ['text', 'contentUri'],
    });
  }
  if (!contentUri && (text === undefined || text.trim() === '')) {
    throw new RequestError(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK', 'text is missing or blank', { fields: ['text'] });
  }
  return change;
}
