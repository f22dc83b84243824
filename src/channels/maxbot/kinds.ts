import type { AttachmentType, UpdateType } from '@maxhub/max-bot-api/types';
import type { ContentType } from '#domain/message';
import * as parts from './parts.ts';

/** How an update is handled. */
export interface UpdateKind {
  readonly as: 'message' | 'edit' | 'deletion' | 'press' | 'notice' | 'ignored';
  /** Whether it makes the chat unanswered (U6). Of a message, its content says so. */
  readonly opens: boolean;
  /** Of a notice: what happened, in Konvert's words, if they are other ones. */
  readonly kind?: string;
}

/** One kind of attachment, known by its `type`. */
export interface AttachmentKind {
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  readonly read: parts.ReadPart;
  /** It stands beside a text and is not what the message is. */
  readonly beside?: true;
}

const message = { as: 'message', opens: true } as const;
const notice = { as: 'notice', opens: false } as const;
const ignored = { as: 'ignored', opens: false } as const;

/**
 * How each kind of update is handled. A kind that MAX adds later is a message if it holds one that a client wrote:
 * better once too often (U6). Groups, channels and comments to posts are ignored.
 * https://dev.max.ru/docs-api/objects/Update
 */
export const UPDATES: Readonly<Record<string, UpdateKind>> = {
  message_created: message,
  message_edited: { as: 'edit', opens: false },
  message_removed: { as: 'deletion', opens: false },
  message_callback: { as: 'press', opens: true },

  // The client pressed "start", for the first time or again, and has not written.
  bot_started: notice,
  // Comes together with `dialog_removed`, if the dialog was deleted.
  bot_stopped: { ...notice, kind: 'blocked' },
  dialog_cleared: notice,
  dialog_muted: notice,
  dialog_removed: notice,
  dialog_unmuted: notice,

  bot_added: ignored,
  bot_removed: ignored,
  chat_title_changed: ignored,
  user_added: ignored,
  user_removed: ignored,
  // Of a button that MAX took back.
  message_chat_created: ignored,

  comment_created: ignored,
  comment_edited: ignored,
  comment_removed: ignored,
} satisfies Readonly<Record<UpdateType, UpdateKind>> & Readonly<Record<string, UpdateKind>>;

/** The updates to subscribe: what a channel has a use for. */
export const WANTED_UPDATES: readonly string[] = Object.keys(UPDATES).filter((name) => UPDATES[name]?.as !== 'ignored');

/** The kinds of attachments: https://dev.max.ru/docs-api/objects/Message */
export const ATTACHMENTS: Readonly<Record<string, AttachmentKind>> = {
  image: { type: 'image', opens: true, read: parts.readMedia },
  video: { type: 'video', opens: true, read: parts.readVideo },
  audio: { type: 'audio', opens: true, read: parts.readAudio },
  file: { type: 'document', opens: true, read: parts.readFile },
  sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readMedia },
  contact: { type: 'vcard', opens: true, read: parts.readContact },
  location: { type: 'geo', opens: true, read: parts.readLocation },
  // What a button of the kind `message` sent along.
  data: { type: 'text', kind: 'button', opens: true, read: parts.readData, beside: true },
  share: { type: 'text', kind: 'share', opens: true, read: parts.readShare, beside: true },
  // Of a message of a bot that was passed on.
  inline_keyboard: { type: 'text', kind: 'buttons', opens: true, read: parts.readButtons, beside: true },
  reply_keyboard: { type: 'text', kind: 'buttons', opens: true, read: parts.readButtons, beside: true },
} satisfies Readonly<Record<AttachmentType, AttachmentKind>> & Readonly<Record<string, AttachmentKind>>;

/** Something that none of the kinds describes. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN = { type: 'unknown', opens: true } as const;
