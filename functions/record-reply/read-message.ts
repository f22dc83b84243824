import type * as z from 'zod/mini';
import { readButtons, readPayloads } from '#api/message-buttons';
import { newMessage } from '#api/message-routes';
import { plainChatId } from '#domain/address';
import type { Buttons } from '#domain/message';
import { isMeantAsTemplate, readTemplateLine } from '#domain/template-text';
import { invalidMessage, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';

type Body = z.infer<typeof newMessage>;

/** A text with its buttons. */
export interface SaidText {
  readonly kind: 'text';
  readonly text: string;
  readonly buttons?: Buttons | undefined;
}

/** A file. */
export interface SaidFile {
  readonly kind: 'file';
  readonly contentUri: string;
}

/** A template, with the file of its header if one was named. */
export interface SaidTemplate {
  readonly kind: 'template';
  /** The `templateGuid`. */
  readonly templateId: string;
  readonly values: readonly string[];
  readonly payloads: readonly string[];
  readonly contentUri?: string | undefined;
}

/** A message that the team wants to send. */
export interface NewMessage
  extends Omit<Body, 'text' | 'contentUri' | 'templateId' | 'templateValues' | 'buttonsObject'> {
  readonly said: SaidText | SaidFile | SaidTemplate;
}

/** The message in a body. Throws a `RequestError` 400 that names what is wrong. */
export function readMessage(body: Uint8Array): NewMessage {
  const { text, contentUri, templateId, templateValues, buttonsObject, ...message } = readBody(
    newMessage,
    body,
    invalidMessage,
  );
  const chatId = plainChatId(message.chatType, message.chatId);
  return { ...message, chatId, said: said({ text, contentUri, templateId, templateValues, buttonsObject }) };
}

type Said = Pick<Body, 'text' | 'contentUri' | 'templateId' | 'templateValues' | 'buttonsObject'>;

function said({ text, contentUri, templateId, templateValues = [], buttonsObject }: Said): NewMessage['said'] {
  const line = text === undefined ? undefined : readTemplateLine(text);
  // A client who reads such a line could do nothing with it.
  if (text !== undefined && !line && isMeantAsTemplate(text)) throw invalidMessage(['text']);
  const named = templateId?.toLowerCase() ?? line?.templateId;
  if (named !== undefined) {
    // Sending one of the two and dropping the other would look like a success.
    if (templateId !== undefined && text?.trim()) throw invalidMessage(['text', 'templateId']);
    const values = line?.values ?? templateValues;
    return {
      kind: 'template',
      templateId: named,
      values,
      payloads: readPayloads(buttonsObject, invalidMessage),
      contentUri,
    };
  }
  if (templateValues.length > 0) throw invalidMessage(['templateId']);
  const buttons = readButtons(buttonsObject, invalidMessage);
  // Existing clients send an empty text with a file.
  if (contentUri !== undefined) {
    if (text) {
      throw new RequestError(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT', 'Send text or contentUri, not both', {
        fields: ['text', 'contentUri'],
      });
    }
    if (buttons) throw invalidMessage(['buttonsObject']);
    return { kind: 'file', contentUri };
  }
  if (text === undefined)
    throw new RequestError(400, 'MESSAGE_NOTHING_TO_SEND', 'text is missing', { fields: ['text'] });
  if (text.trim() === '') {
    throw new RequestError(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK', 'text is blank', { fields: ['text'] });
  }
  return { kind: 'text', text, buttons };
}
