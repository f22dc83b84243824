import type { ContentType } from '#domain/message';
import {
  type ReadPart,
  readChecklist,
  readContact,
  readDice,
  readFile,
  readLocation,
  readPoll,
  readRichText,
  readSizes,
  readText,
  readVenue,
  readWords,
} from './parts.ts';

/** How an update is handled. */
export type UpdateKind =
  | 'message'
  | 'business-message'
  | 'edit'
  | 'business-edit'
  | 'deletions'
  | 'press'
  | 'reaction'
  | 'membership'
  | 'connection'
  | 'ignored';

/** One kind of message, known by a field. The first entry of the table with a field that is present decides. */
export interface MessageKind {
  readonly field: string;
  readonly type: ContentType;
  /** What the message is exactly, if `type` does not say it. */
  readonly kind?: string;
  /** Whether such a message from the client makes the chat unanswered (U6). */
  readonly opens: boolean;
  /** Reads the parts of the content from the field. */
  readonly read?: ReadPart;
  /** Whether `read` leaves something out, so that `raw` keeps the field as well. Without `read` it always does. */
  readonly keeps?: boolean;
}

/**
 * How each kind of update is handled. A kind that Telegram adds later is ignored. Messages make a chat unanswered as
 * the table below says, pressed buttons always, nothing else does (U6). https://core.telegram.org/bots/api#update
 */
export const UPDATES: Readonly<Record<string, UpdateKind>> = {
  message: 'message',
  edited_message: 'edit',
  callback_query: 'press',
  message_reaction: 'reaction',
  my_chat_member: 'membership',
  business_message: 'business-message',
  edited_business_message: 'business-edit',
  deleted_business_messages: 'deletions',
  business_connection: 'connection',

  channel_post: 'ignored',
  chat_boost: 'ignored',
  chat_join_request: 'ignored',
  chat_member: 'ignored',
  chosen_inline_result: 'ignored',
  edited_channel_post: 'ignored',
  guest_message: 'ignored',
  inline_query: 'ignored',
  managed_bot: 'ignored',
  message_reaction_count: 'ignored',
  poll: 'ignored',
  poll_answer: 'ignored',
  pre_checkout_query: 'ignored',
  purchased_paid_media: 'ignored',
  removed_chat_boost: 'ignored',
  shipping_query: 'ignored',
  subscription: 'ignored',
};

/**
 * The kinds of messages. An animation also fills `document`, a live photo `photo`, a venue `location`: the first field
 * that is present decides, and a part that it does not fill may come from a later one.
 * https://core.telegram.org/bots/api#message
 */
export const MESSAGES: readonly MessageKind[] = [
  { field: 'text', type: 'text', opens: true, read: readText },
  { field: 'rich_message', type: 'text', opens: true, read: readRichText, keeps: true },
  { field: 'animation', type: 'video', kind: 'animation', opens: true, read: readFile },
  { field: 'live_photo', type: 'image', kind: 'live_photo', opens: true },
  { field: 'photo', type: 'image', opens: true, read: readSizes },
  { field: 'sticker', type: 'image', kind: 'sticker', opens: true, read: readFile },
  { field: 'audio', type: 'audio', opens: true, read: readFile },
  { field: 'voice', type: 'audio', kind: 'voice', opens: true, read: readFile },
  { field: 'video', type: 'video', opens: true, read: readFile },
  { field: 'video_note', type: 'video', kind: 'video_note', opens: true, read: readFile },
  { field: 'document', type: 'document', opens: true, read: readFile },
  { field: 'contact', type: 'vcard', opens: true, read: readContact },
  { field: 'venue', type: 'geo', kind: 'venue', opens: true, read: readVenue },
  { field: 'location', type: 'geo', opens: true, read: readLocation },
  { field: 'poll', type: 'text', kind: 'poll', opens: true, read: readPoll },
  { field: 'checklist', type: 'text', kind: 'checklist', opens: true, read: readChecklist, keeps: true },

  { field: 'dice', type: 'unsupported', kind: 'dice', opens: true, read: readDice },
  { field: 'game', type: 'unsupported', kind: 'game', opens: true, read: readWords('title'), keeps: true },
  { field: 'story', type: 'unsupported', kind: 'story', opens: true },
  { field: 'paid_media', type: 'unsupported', kind: 'paid_media', opens: true },
  { field: 'invoice', type: 'unsupported', kind: 'invoice', opens: true, read: readWords('title'), keeps: true },
  { field: 'giveaway', type: 'unsupported', kind: 'giveaway', opens: true },
  { field: 'giveaway_winners', type: 'unsupported', kind: 'giveaway', opens: true },

  // Telegram calls these service messages too, but the client handed something over and waits for an answer.
  { field: 'web_app_data', type: 'text', kind: 'web_app', opens: true, read: readWords('button_text'), keeps: true },
  { field: 'passport_data', type: 'unsupported', kind: 'passport', opens: true },
  { field: 'users_shared', type: 'unsupported', kind: 'users_shared', opens: true },
  { field: 'chat_shared', type: 'unsupported', kind: 'chat_shared', opens: true },
  { field: 'gift', type: 'unsupported', kind: 'gift', opens: true, read: readWords('text'), keeps: true },
  { field: 'unique_gift', type: 'unsupported', kind: 'gift', opens: true },

  // Notices that Telegram writes about the chat.
  notice('boost_added'),
  notice('channel_chat_created'),
  notice('chat_background_set'),
  notice('chat_owner_changed'),
  notice('chat_owner_left'),
  notice('checklist_tasks_added'),
  notice('checklist_tasks_done'),
  notice('community_chat_added'),
  notice('community_chat_joined'),
  notice('community_chat_removed'),
  notice('connected_website'),
  notice('delete_chat_photo'),
  notice('direct_message_price_changed'),
  notice('forum_topic_closed'),
  notice('forum_topic_created'),
  notice('forum_topic_edited'),
  notice('forum_topic_reopened'),
  notice('general_forum_topic_hidden'),
  notice('general_forum_topic_unhidden'),
  notice('gift_upgrade_sent'),
  notice('giveaway_completed'),
  notice('giveaway_created'),
  notice('group_chat_created'),
  notice('left_chat_member'),
  notice('managed_bot_created'),
  notice('message_auto_delete_timer_changed'),
  notice('migrate_from_chat_id'),
  notice('migrate_to_chat_id'),
  notice('new_chat_members'),
  notice('new_chat_photo'),
  notice('new_chat_title'),
  notice('paid_message_price_changed'),
  notice('pinned_message'),
  notice('poll_option_added'),
  notice('poll_option_deleted'),
  notice('proximity_alert_triggered'),
  notice('refunded_payment'),
  notice('successful_payment'),
  notice('suggested_post_approval_failed'),
  notice('suggested_post_approved'),
  notice('suggested_post_declined'),
  notice('suggested_post_paid'),
  notice('suggested_post_refunded'),
  notice('supergroup_chat_created'),
  notice('video_chat_ended'),
  notice('video_chat_participants_invited'),
  notice('video_chat_scheduled'),
  notice('video_chat_started'),
  notice('write_access_allowed'),
];

/** A message with none of these fields. It makes the chat unanswered: better once too often (U6). */
const UNKNOWN: MessageKind = { field: '', type: 'unknown', opens: true };

/**
 * Fields that are neither in the table nor kept in `raw`. They give the chat, the time, the author and the decoration,
 * or are read by files of their own.
 */
export const ENVELOPE_FIELDS: readonly string[] = [
  'business_connection_id',
  'caption',
  'caption_entities',
  'chat',
  'date',
  'edit_date',
  'entities',
  'external_reply',
  'forward_origin',
  'from',
  'has_media_spoiler',
  'link_preview_options',
  'media_group_id',
  'message_id',
  'quote',
  'reply_to_message',
  'reply_to_story',
  'show_caption_above_media',
];

/** The kind of a message, also of a message with none of the known fields. */
export function kindOf(message: Readonly<Record<string, unknown>>): MessageKind {
  return MESSAGES.find(({ field }) => isThere(message, field)) ?? UNKNOWN;
}

/** Whether the field is present and not null. */
export function isThere(message: Readonly<Record<string, unknown>>, field: string): boolean {
  return message[field] !== undefined && message[field] !== null;
}

function notice(field: string): MessageKind {
  return { field, type: 'system', kind: field, opens: false };
}
