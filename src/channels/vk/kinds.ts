import type { ContentType } from '#domain/message';
import * as parts from './parts.ts';

/** How an event is handled. */
export type EventKind = 'message' | 'edit' | 'press' | 'read' | 'reaction' | 'allowed' | 'denied' | 'ignored';

/** One kind of message, known by the type of what is attached. */
export interface MessageKind {
  readonly type: ContentType;
  /** What it is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  /** Reads the object that is called as the type. Without it `raw` keeps that object. */
  readonly read?: parts.ReadPart;
}

/**
 * How each event is handled. An event that VK adds later is ignored. Messages make a chat unanswered as the tables below
 * say, pressed buttons always, nothing else does (U6). https://dev.vk.com/ru/api/community-events/json-schema
 */
export const EVENTS: Readonly<Record<string, EventKind>> = {
  message_new: 'message',
  message_reply: 'message',
  message_edit: 'edit',
  message_event: 'press',
  message_read: 'read',
  message_reaction_event: 'reaction',
  message_allow: 'allowed',
  message_deny: 'denied',

  // It is asked before the secret, and answered only with the right one.
  confirmation: 'ignored',
  message_typing_state: 'ignored',
  app_payload: 'ignored',
  audio_new: 'ignored',
  board_post_delete: 'ignored',
  board_post_edit: 'ignored',
  board_post_new: 'ignored',
  board_post_restore: 'ignored',
  donut_money_withdraw: 'ignored',
  donut_money_withdraw_error: 'ignored',
  donut_subscription_cancelled: 'ignored',
  donut_subscription_create: 'ignored',
  donut_subscription_expired: 'ignored',
  donut_subscription_price_changed: 'ignored',
  donut_subscription_prolonged: 'ignored',
  group_change_photo: 'ignored',
  group_change_settings: 'ignored',
  group_join: 'ignored',
  group_leave: 'ignored',
  group_officers_edit: 'ignored',
  lead_forms_new: 'ignored',
  like_add: 'ignored',
  like_remove: 'ignored',
  market_comment_delete: 'ignored',
  market_comment_edit: 'ignored',
  market_comment_new: 'ignored',
  market_comment_restore: 'ignored',
  market_order_edit: 'ignored',
  market_order_new: 'ignored',
  photo_comment_delete: 'ignored',
  photo_comment_edit: 'ignored',
  photo_comment_new: 'ignored',
  photo_comment_restore: 'ignored',
  photo_new: 'ignored',
  poll_vote_new: 'ignored',
  user_block: 'ignored',
  user_unblock: 'ignored',
  video_comment_delete: 'ignored',
  video_comment_edit: 'ignored',
  video_comment_new: 'ignored',
  video_comment_restore: 'ignored',
  video_new: 'ignored',
  vkpay_transaction: 'ignored',
  wall_post_new: 'ignored',
  wall_reply_delete: 'ignored',
  wall_reply_edit: 'ignored',
  wall_reply_new: 'ignored',
  wall_reply_restore: 'ignored',
  wall_repost: 'ignored',
};

/**
 * What can be attached to a message. The first attachment makes its kind, and one of `link` only if there is no text.
 * https://dev.vk.com/ru/reference/objects/attachments-message
 */
export const ATTACHMENTS: Readonly<Record<string, MessageKind>> = {
  photo: { type: 'image', opens: true, read: parts.readPhoto },
  audio_message: { type: 'audio', kind: 'voice', opens: true, read: parts.readVoice },
  audio: { type: 'audio', opens: true, read: parts.readAudio },
  doc: { type: 'document', opens: true, read: parts.readDocument },
  sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readSticker },
  ugc_sticker: { type: 'image', kind: 'sticker', opens: true, read: parts.readSticker },
  graffiti: { type: 'image', kind: 'graffiti', opens: true, read: parts.readGraffiti },
  gift: { type: 'image', kind: 'gift', opens: true, read: parts.readGift },
  // VK hands out no file of a video to a community.
  video: { type: 'text', kind: 'video', opens: true, read: parts.readVideo },
  link: { type: 'text', kind: 'link', opens: true, read: parts.readLink },
  wall: { type: 'text', kind: 'wall', opens: true, read: parts.readPost },
  wall_reply: { type: 'text', kind: 'wall_reply', opens: true, read: parts.readComment },
  market: { type: 'text', kind: 'market', opens: true, read: parts.readProduct },
  market_album: { type: 'text', kind: 'market_album', opens: true, read: parts.readProducts },
  poll: { type: 'text', kind: 'poll', opens: true, read: parts.readPoll },
  story: { type: 'text', kind: 'story', opens: true, read: parts.readStory },
  article: { type: 'text', kind: 'article', opens: true, read: parts.readArticle },
  // A call that was answered waits for nobody, and `readCall` says so.
  call: { type: 'missing_call', opens: true, read: parts.readCall },

  // What is shown at VK only. The client sent it and waits for an answer.
  artist: { type: 'unsupported', kind: 'artist', opens: true },
  audio_playlist: { type: 'unsupported', kind: 'audio_playlist', opens: true },
  curator: { type: 'unsupported', kind: 'curator', opens: true },
  donut_link: { type: 'unsupported', kind: 'donut_link', opens: true },
  event: { type: 'unsupported', kind: 'event', opens: true },
  group: { type: 'unsupported', kind: 'group', opens: true },
  group_call_in_progress: { type: 'unsupported', kind: 'group_call', opens: true },
  mini_app: { type: 'unsupported', kind: 'mini_app', opens: true },
  money_request: { type: 'unsupported', kind: 'money_request', opens: true },
  money_transfer: { type: 'unsupported', kind: 'money_transfer', opens: true },
  narrative: { type: 'unsupported', kind: 'narrative', opens: true },
  podcast: { type: 'unsupported', kind: 'podcast', opens: true },
  question: { type: 'unsupported', kind: 'question', opens: true },
  video_message: { type: 'unsupported', kind: 'video_message', opens: true },
  video_playlist: { type: 'unsupported', kind: 'video_playlist', opens: true },
};

/** What a message without attachments is: the first row of which the field says anything. */
export const PLAIN: readonly (MessageKind & { readonly field: string })[] = [
  { field: 'geo', type: 'geo', opens: true, read: parts.readPlace },
  { field: 'payload', type: 'text', kind: 'button', opens: true },
  { field: 'text', type: 'text', opens: true },
  { field: 'fwd_messages', type: 'text', opens: true },
];

/** A notice that VK writes about the chat. */
export const NOTICE: MessageKind = { type: 'system', opens: false };

/** A message of another kind. It makes the chat unanswered: better once too often (U6). */
export const UNKNOWN: MessageKind = { type: 'unknown', opens: true };
