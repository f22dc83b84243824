import type { ContentType } from '#domain/message';
import * as parts from './parts.ts';

/** One kind of message, known by its `type`. */
export interface MessageKind {
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  readonly read: parts.ReadPart;
}

/**
 * The kinds of messages. `deleted` is none: it says that a message is gone. Of files, videos and calls of the app Avito
 * tells nothing but that they were.
 * https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3
 */
export const MESSAGES: Readonly<Record<string, MessageKind>> = {
  text: { type: 'text', opens: true, read: parts.readText },
  image: { type: 'image', opens: true, read: parts.readImage },
  link: { type: 'text', kind: 'link', opens: true, read: parts.readLink },
  item: { type: 'text', kind: 'item', opens: true, read: parts.readItem },
  location: { type: 'geo', opens: true, read: parts.readLocation },
  call: { type: 'missing_call', opens: true, read: parts.readCall },
  voice: { type: 'audio', kind: 'voice', opens: true, read: parts.readVoice },

  file: { type: 'unsupported', kind: 'file', opens: true, read: parts.readEmpty },
  video: { type: 'unsupported', kind: 'video', opens: true, read: parts.readEmpty },
  appCall: { type: 'unsupported', kind: 'app_call', opens: true, read: parts.readEmpty },

  // Of a bot of Avito's: nobody waits for an answer to it.
  system: { type: 'system', kind: 'bot', opens: false, read: parts.readSystem },
};

/** A message of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN: Omit<MessageKind, 'read'> = { type: 'unknown', opens: true };
