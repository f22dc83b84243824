import type { ContentType } from '#domain/message';
import * as parts from './parts.ts';

/** How an event is handled. */
export type EventKind = 'message' | 'notice' | 'receipt' | 'ignored';

/** One kind of message, known by its `type`. */
export interface MessageKind {
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message makes the chat unanswered (U6). */
  readonly opens: boolean;
  readonly read: parts.ReadPart;
}

/**
 * How each event is handled. A notice is a line that opens nothing: who opened the chat has not written yet, and who wrote
 * is subscribed without a notice. https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export const EVENTS: Readonly<Record<string, EventKind>> = {
  message: 'message',
  conversation_started: 'notice',
  subscribed: 'notice',
  unsubscribed: 'notice',
  delivered: 'receipt',
  seen: 'receipt',
  failed: 'receipt',

  action: 'ignored',
  client_status: 'ignored',
  webhook: 'ignored',
};

/** The kinds of messages: https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user */
export const MESSAGES: Readonly<Record<string, MessageKind>> = {
  text: { type: 'text', opens: true, read: parts.readText },
  picture: { type: 'image', opens: true, read: parts.readFile },
  video: { type: 'video', opens: true, read: parts.readFile },
  file: { type: 'document', opens: true, read: parts.readFile },
  sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readSticker },
  contact: { type: 'vcard', opens: true, read: parts.readContact },
  url: { type: 'text', kind: 'link', opens: true, read: parts.readUrl },
  location: { type: 'geo', opens: true, read: parts.readLocation },
  rich_media: { type: 'unsupported', kind: 'rich_media', opens: true, read: parts.readRich },
};

/** A message of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN: Omit<MessageKind, 'read'> = { type: 'unknown', opens: true };
