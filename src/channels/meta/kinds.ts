import type { ContentType } from '#domain/message';
import * as parts from './attachments.ts';

/** What an item of `messaging[]` is, known by the field that it has beside `sender`, `recipient` and `timestamp`. */
export type EventKind =
  | 'message'
  | 'postback'
  | 'edit'
  | 'reaction'
  | 'read'
  | 'delivery'
  /** A line of the history. */
  | 'notice'
  /** Meta has blocked the page, or has let it in again. */
  | 'policy'
  | 'ignored';

/** How an item is handled, and whether it makes the chat unanswered (U6) if it becomes a line of the history. */
export interface Event {
  readonly is: EventKind;
  readonly opens: boolean;
}

/** How an attachment is handled. */
export interface AttachmentKind {
  readonly type: ContentType;
  /** What it is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  readonly read: parts.ReadAttachment;
}

/**
 * How each kind of item is handled.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/reference
 */
export const EVENTS: Readonly<Record<string, Event>> = {
  message: { is: 'message', opens: true },
  // A button, an ice breaker, a line of the menu, "Get started".
  postback: { is: 'postback', opens: true },
  message_edit: { is: 'edit', opens: false },
  reaction: { is: 'reaction', opens: false },
  read: { is: 'read', opens: false },
  delivery: { is: 'delivery', opens: false },

  // The person came by a link or an advertisement, or agreed to something, and has not written.
  referral: { is: 'notice', opens: false },
  optin: { is: 'notice', opens: false },
  account_linking: { is: 'notice', opens: false },
  messaging_customer_information: { is: 'notice', opens: true },
  messaging_feedback: { is: 'notice', opens: true },
  // Another app gives the conversation back: from now on the client waits for the team.
  pass_thread_control: { is: 'notice', opens: true },
  take_thread_control: { is: 'notice', opens: false },
  request_thread_control: { is: 'notice', opens: false },
  policy_enforcement: { is: 'policy', opens: false },

  app_roles: { is: 'ignored', opens: false },
  game_play: { is: 'ignored', opens: false },
  inbox_labels: { is: 'ignored', opens: false },
  messaging_integrity: { is: 'ignored', opens: false },
  response_feedback: { is: 'ignored', opens: false },
  message_context: { is: 'ignored', opens: false },
  typing: { is: 'ignored', opens: false },
};

/** An item of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN_EVENT: Event = { is: 'notice', opens: true };

/**
 * The kinds of attachments, of clients and of the team.
 * https://developers.facebook.com/documentation/business-messaging/instagram-messaging/webhooks
 */
export const ATTACHMENTS: Readonly<Record<string, AttachmentKind>> = {
  image: { type: 'image', opens: true, read: parts.readImage },
  video: { type: 'video', opens: true, read: parts.readFile },
  audio: { type: 'audio', opens: true, read: parts.readFile },
  file: { type: 'document', opens: true, read: parts.readNamedFile },
  sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readImage },
  animated_image: { type: 'image', opens: true, read: parts.readImage },
  // The heart of Instagram. It has no file.
  like_heart: { type: 'text', kind: 'sticker', opens: true, read: () => ({ text: '❤️' }) },
  // It can be viewed once, and is not handed over.
  ephemeral: { type: 'unsupported', kind: 'ephemeral', opens: true, read: parts.readPlain },
  unsupported_type: { type: 'unsupported', opens: true, read: parts.readPlain },

  // The client named the account in a story.
  story_mention: { type: 'image', kind: 'story_mention', opens: true, read: parts.readFile },
  // What the client passed on.
  story: { type: 'image', kind: 'story', opens: true, read: parts.readShare },
  ig_story: { type: 'image', kind: 'story', opens: true, read: parts.readShare },
  reel: { type: 'video', kind: 'reel', opens: true, read: parts.readShare },
  ig_reel: { type: 'video', kind: 'reel', opens: true, read: parts.readShare },
  post: { type: 'image', kind: 'post', opens: true, read: parts.readShare },
  ig_post: { type: 'image', kind: 'post', opens: true, read: parts.readShare },
  share: { type: 'image', kind: 'post', opens: true, read: parts.readShare },

  location: { type: 'geo', opens: true, read: parts.readLocation },
  fallback: { type: 'text', kind: 'link', opens: true, read: parts.readLink },
  template: { type: 'text', kind: 'template', opens: true, read: parts.readTemplate },
  product: { type: 'text', kind: 'template', opens: true, read: parts.readTemplate },
  appointment_booking: { type: 'text', kind: 'appointment', opens: true, read: parts.readAppointment },
};

/** An attachment of another kind. Its file, if it has one, is read all the same. */
export const UNKNOWN_ATTACHMENT: AttachmentKind = { type: 'unknown', opens: true, read: parts.readUnknown };
