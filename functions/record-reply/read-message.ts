import type * as z from 'zod/mini';
import { newMessage } from '#api/message-routes';
import { RequestError } from '#http/errors';
import { readBody } from '#http/read-body';

/** A message that the team wants to send. */
export type NewMessage = z.infer<typeof newMessage> & { readonly text: string };

/** The message in a body. Throws a `RequestError` 400 that names what is wrong. */
export function readMessage(body: Uint8Array): NewMessage {
  const message = readBody(newMessage, body, invalidMessage);
  const later = (['contentUri', 'templateId', 'buttonsObject'] as const).find((field) => message[field] !== undefined);
  // Existing clients send an empty text with a file.
  if (message.text && message.contentUri !== undefined) {
    throw new RequestError(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT', 'Send text or contentUri, not both');
  }
  if (later) {
    // Sending the text and dropping the rest would look like a success.
    throw new RequestError(400, 'VALIDATION_ERROR', `${later} cannot be sent yet`, { fields: [later] });
  }
  const { text } = message;
  if (text === undefined)
    throw new RequestError(400, 'MESSAGE_NOTHING_TO_SEND', 'text is missing', { fields: ['text'] });
  if (text.trim() === '') {
    throw new RequestError(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK', 'text is blank', { fields: ['text'] });
  }
  return { ...message, text };
}

/** The error for values that cannot be used. */
export function invalidMessage(fields: readonly string[]): RequestError {
  return new RequestError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields });
}
