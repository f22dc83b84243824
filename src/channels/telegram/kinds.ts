import type { ContentType } from '#domain/message';

/** What becomes of an update. */
export type UpdateKind = 'message' | 'business-message' | 'edit' | 'business-edit' | 'deletions' | 'press' | 'ignored';

/** What a message says: the type of its content, and whether it opens a chat where the client says it (U6). */
export interface MessageKind {
  /** The field of the message that says it. */
  readonly field: string;
  readonly type: ContentType;
  readonly opens: boolean;
}

/**
 * What becomes of each kind of update; of a later one, nothing. Only messages (by the table below) and presses open a
 * chat. https://core.telegram.org/bots/api#update
 */
export const UPDATES: Readonly<Record<string, UpdateKind>> = {
  message: 'message',
  edited_message: 'edit',
  callback_query: 'press',
  business_message: 'business-message',
  edited_business_message: 'business-edit',
  deleted_business_messages: 'deletions',

  business_connection: 'ignored',
  channel_post: 'ignored',
  chat_boost: 'ignored',
  chat_join_request: 'ignored',
  chat_member: 'ignored',
  chosen_inline_result: 'ignored',
  edited_channel_post: 'ignored',
  guest_message: 'ignored',
  inline_query: 'ignored',
  managed_bot: 'ignored',
  message_reaction: 'ignored',
  message_reaction_count: 'ignored',
  my_chat_member: 'ignored',
  poll: 'ignored',
  poll_answer: 'ignored',
  pre_checkout_query: 'ignored',
  purchased_paid_media: 'ignored',
  removed_chat_boost: 'ignored',
  shipping_query: 'ignored',
  subscription: 'ignored',
};

/**
 * What each kind of message says; the first whose field is there decides. An animation also fills `document`, a venue
 * also fills `location`. https://core.telegram.org/bots/api#message
 */
export const MESSAGES: readonly MessageKind[] = [
  { field: 'text', type: 'text', opens: true },
  { field: 'animation', type: 'video', opens: true },
  { field: 'live_photo', type: 'image', opens: true },
  { field: 'photo', type: 'image', opens: true },
  { field: 'sticker', type: 'image', opens: true },
  { field: 'audio', type: 'audio', opens: true },
  { field: 'voice', type: 'audio', opens: true },
  { field: 'video', type: 'video', opens: true },
  { field: 'video_note', type: 'video', opens: true },
  { field: 'document', type: 'document', opens: true },
  { field: 'contact', type: 'vcard', opens: true },
  { field: 'venue', type: 'geo', opens: true },
  { field: 'location', type: 'geo', opens: true },

  // Notices that Telegram writes about the chat. What a person hands over on purpose (`web_app_data`, `passport_data`,
  // `gift`) is a service message in Telegram's words too, and is not among them: somebody waits for an answer to it.
  { field: 'boost_added', type: 'system', opens: false },
  { field: 'channel_chat_created', type: 'system', opens: false },
  { field: 'chat_background_set', type: 'system', opens: false },
  { field: 'chat_owner_changed', type: 'system', opens: false },
  { field: 'chat_owner_left', type: 'system', opens: false },
  { field: 'chat_shared', type: 'system', opens: false },
  { field: 'checklist_tasks_added', type: 'system', opens: false },
  { field: 'checklist_tasks_done', type: 'system', opens: false },
  { field: 'community_chat_added', type: 'system', opens: false },
  { field: 'community_chat_joined', type: 'system', opens: false },
  { field: 'community_chat_removed', type: 'system', opens: false },
  { field: 'connected_website', type: 'system', opens: false },
  { field: 'delete_chat_photo', type: 'system', opens: false },
  { field: 'direct_message_price_changed', type: 'system', opens: false },
  { field: 'forum_topic_closed', type: 'system', opens: false },
  { field: 'forum_topic_created', type: 'system', opens: false },
  { field: 'forum_topic_edited', type: 'system', opens: false },
  { field: 'forum_topic_reopened', type: 'system', opens: false },
  { field: 'general_forum_topic_hidden', type: 'system', opens: false },
  { field: 'general_forum_topic_unhidden', type: 'system', opens: false },
  { field: 'gift_upgrade_sent', type: 'system', opens: false },
  { field: 'giveaway_completed', type: 'system', opens: false },
  { field: 'giveaway_created', type: 'system', opens: false },
  { field: 'group_chat_created', type: 'system', opens: false },
  { field: 'left_chat_member', type: 'system', opens: false },
  { field: 'managed_bot_created', type: 'system', opens: false },
  { field: 'message_auto_delete_timer_changed', type: 'system', opens: false },
  { field: 'migrate_from_chat_id', type: 'system', opens: false },
  { field: 'migrate_to_chat_id', type: 'system', opens: false },
  { field: 'new_chat_members', type: 'system', opens: false },
  { field: 'new_chat_photo', type: 'system', opens: false },
  { field: 'new_chat_title', type: 'system', opens: false },
  { field: 'paid_message_price_changed', type: 'system', opens: false },
  { field: 'pinned_message', type: 'system', opens: false },
  { field: 'poll_option_added', type: 'system', opens: false },
  { field: 'poll_option_deleted', type: 'system', opens: false },
  { field: 'proximity_alert_triggered', type: 'system', opens: false },
  { field: 'refunded_payment', type: 'system', opens: false },
  { field: 'successful_payment', type: 'system', opens: false },
  { field: 'suggested_post_approval_failed', type: 'system', opens: false },
  { field: 'suggested_post_approved', type: 'system', opens: false },
  { field: 'suggested_post_declined', type: 'system', opens: false },
  { field: 'suggested_post_paid', type: 'system', opens: false },
  { field: 'suggested_post_refunded', type: 'system', opens: false },
  { field: 'supergroup_chat_created', type: 'system', opens: false },
  { field: 'users_shared', type: 'system', opens: false },
  { field: 'video_chat_ended', type: 'system', opens: false },
  { field: 'video_chat_participants_invited', type: 'system', opens: false },
  { field: 'video_chat_scheduled', type: 'system', opens: false },
  { field: 'video_chat_started', type: 'system', opens: false },
  { field: 'write_access_allowed', type: 'system', opens: false },
];

/** A message with none of these fields: better once too often. */
export const UNKNOWN_MESSAGE: MessageKind = { field: '', type: 'unknown', opens: true };

/** They say where, when and by whom, or repeat another message; everything else of a message is its content. */
export const ENVELOPE_FIELDS: readonly string[] = [
  'business_connection_id',
  'chat',
  'date',
  'edit_date',
  'from',
  'message_id',
  'reply_to_message',
];
