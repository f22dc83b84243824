import type { Message, Update } from '@grammyjs/types';
import { stringOf } from '#channels/fields';
import type { ContentType } from '#domain/message';
import { addedTasksText, checklistText, doneTasksText } from './checklists.ts';
import {
  completedGiveawayText,
  createdGiveawayText,
  giftText,
  giveawayText,
  giveawayWinnersText,
  uniqueGiftText,
} from './gifts.ts';
import * as notices from './notices.ts';
import * as parts from './parts.ts';
import { type ReadPart, reading } from './parts.ts';
import { invoiceText, paymentText, readPaidMedia, refundText } from './payments.ts';
import { pollOptionText, readPoll } from './polls.ts';

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
  stopped_message_generation: 'ignored',
  subscription: 'ignored',
} satisfies Readonly<Record<Exclude<keyof Update, 'update_id'>, UpdateKind>>;

/**
 * The kinds of messages. An animation also fills `document`, a live photo `photo`, a venue `location`: the first field
 * that is present decides, and a part that it does not fill may come from a later one.
 * https://core.telegram.org/bots/api#message
 */
const KINDS = [
  { field: 'text', type: 'text', opens: true, read: parts.readText },
  { field: 'rich_message', type: 'text', opens: true, read: parts.readRichText, keeps: true },
  { field: 'animation', type: 'video', kind: 'animation', opens: true, read: parts.readFile },
  { field: 'live_photo', type: 'image', kind: 'live_photo', opens: true, read: parts.readLivePhoto, keeps: true },
  { field: 'photo', type: 'image', opens: true, read: parts.readSizes },
  { field: 'sticker', type: 'image', kind: 'sticker', opens: true, read: parts.readFile },
  { field: 'audio', type: 'audio', opens: true, read: parts.readAudio },
  { field: 'voice', type: 'audio', kind: 'voice', opens: true, read: parts.readFile },
  { field: 'video', type: 'video', opens: true, read: parts.readFile },
  { field: 'video_note', type: 'video', kind: 'video_note', opens: true, read: parts.readFile },
  { field: 'document', type: 'document', opens: true, read: parts.readFile },
  { field: 'contact', type: 'vcard', opens: true, read: parts.readContact },
  { field: 'venue', type: 'geo', kind: 'venue', opens: true, read: parts.readVenue },
  { field: 'location', type: 'geo', opens: true, read: parts.readLocation },
  { field: 'poll', type: 'text', kind: 'poll', opens: true, read: readPoll },
  { field: 'checklist', type: 'text', kind: 'checklist', opens: true, read: reading(checklistText), keeps: true },

  { field: 'dice', type: 'unsupported', kind: 'dice', opens: true, read: parts.readDice },
  { field: 'game', type: 'unsupported', kind: 'game', opens: true, read: parts.readGame, keeps: true },
  {
    field: 'story',
    type: 'unsupported',
    kind: 'story',
    opens: true,
    read: reading(parts.storyText, 'Story'),
    keeps: true,
  },
  { field: 'paid_media', type: 'unsupported', kind: 'paid_media', opens: true, read: readPaidMedia, keeps: true },
  { field: 'invoice', type: 'unsupported', kind: 'invoice', opens: true, read: reading(invoiceText), keeps: true },
  {
    field: 'giveaway',
    type: 'unsupported',
    kind: 'giveaway',
    opens: true,
    read: reading(giveawayText, 'Giveaway'),
    keeps: true,
  },
  {
    field: 'giveaway_winners',
    type: 'unsupported',
    kind: 'giveaway',
    opens: true,
    read: reading(giveawayWinnersText, 'Giveaway ended'),
    keeps: true,
  },

  // Telegram calls these service messages too, but the client handed something over and waits for an answer.
  { field: 'web_app_data', type: 'text', kind: 'web_app', opens: true, read: reading(parts.webAppText), keeps: true },
  {
    field: 'passport_data',
    type: 'unsupported',
    kind: 'passport',
    opens: true,
    read: reading(parts.passportText, 'Telegram Passport'),
    keeps: true,
  },
  {
    field: 'users_shared',
    type: 'unsupported',
    kind: 'users_shared',
    opens: true,
    read: parts.readSharedUsers,
    keeps: true,
  },
  {
    field: 'chat_shared',
    type: 'unsupported',
    kind: 'chat_shared',
    opens: true,
    read: parts.readSharedChat,
    keeps: true,
  },
  { field: 'gift', type: 'unsupported', kind: 'gift', opens: true, read: reading(giftText), keeps: true },
  { field: 'unique_gift', type: 'unsupported', kind: 'gift', opens: true, read: reading(uniqueGiftText), keeps: true },

  // Notices that Telegram writes about the chat. The kind says what happened, the text what else a person reads.
  notice('boost_added', reading(notices.boostText, 'Boosts')),
  notice('channel_chat_created'),
  notice('chat_background_set', reading(notices.backgroundText, 'Background')),
  notice('chat_owner_changed', reading(notices.ownerText, 'New owner')),
  notice('chat_owner_left', reading(notices.ownerText, 'Next owner')),
  notice('checklist_tasks_added', reading(addedTasksText, 'Tasks added')),
  notice('checklist_tasks_done', reading(doneTasksText, 'Tasks changed')),
  notice('community_chat_added', reading(notices.communityText, 'Community')),
  notice('community_chat_joined', reading(notices.communityText, 'Community')),
  notice('community_chat_removed'),
  notice('connected_website', reading(stringOf, 'Logged in on')),
  notice('delete_chat_photo'),
  notice('direct_message_price_changed', reading(notices.directPriceText, 'Price of a message')),
  notice('forum_topic_closed'),
  notice('forum_topic_created', reading(notices.createdTopicText, 'Topic created')),
  notice('forum_topic_edited', reading(notices.editedTopicText, 'Topic renamed')),
  notice('forum_topic_reopened'),
  notice('general_forum_topic_hidden'),
  notice('general_forum_topic_unhidden'),
  notice('gift_upgrade_sent', reading(giftText, 'Gift upgraded')),
  notice('giveaway_completed', reading(completedGiveawayText, 'Giveaway completed')),
  notice('giveaway_created', reading(createdGiveawayText, 'Giveaway created')),
  notice('group_chat_created'),
  notice('left_chat_member', reading(notices.membersText, 'Left')),
  notice('managed_bot_created', reading(notices.managedBotText, 'Bot created')),
  notice('message_auto_delete_timer_changed', reading(notices.autoDeleteText, 'Auto-delete')),
  notice('migrate_from_chat_id', reading(notices.idText, 'Moved from')),
  notice('migrate_to_chat_id', reading(notices.idText, 'Moved to')),
  notice('new_chat_members', reading(notices.membersText, 'Joined')),
  notice('new_chat_photo', parts.readSizes),
  notice('new_chat_title', reading(stringOf, 'Chat title')),
  notice('paid_message_price_changed', reading(notices.messagePriceText, 'Price of a message')),
  notice(
    'pinned_message',
    reading((message, tell) => tell(message), 'Pinned'),
  ),
  notice('poll_option_added', reading(pollOptionText, 'Poll option added')),
  notice('poll_option_deleted', reading(pollOptionText, 'Poll option deleted')),
  notice('proximity_alert_triggered', reading(notices.proximityText, 'Near')),
  notice('refunded_payment', reading(refundText, 'Refunded')),
  notice('successful_payment', reading(paymentText, 'Paid')),
  notice('suggested_post_approval_failed', reading(notices.suggestedText, 'Approval of a suggested post failed')),
  notice('suggested_post_approved', reading(notices.suggestedText, 'Suggested post approved')),
  notice('suggested_post_declined', reading(notices.suggestedText, 'Suggested post declined')),
  notice('suggested_post_paid', reading(notices.suggestedText, 'Suggested post paid')),
  notice('suggested_post_refunded', reading(notices.suggestedText, 'Suggested post refunded')),
  notice('supergroup_chat_created'),
  notice('video_chat_ended', reading(notices.endedCallText, 'Video chat ended')),
  notice('video_chat_participants_invited', reading(notices.invitedText, 'Invited to a video chat')),
  notice('video_chat_scheduled', reading(notices.scheduledCallText, 'Video chat scheduled')),
  notice('video_chat_started'),
  notice('write_access_allowed', reading(notices.accessText, 'Allowed to write by')),
] as const satisfies readonly (MessageKind & { readonly field: keyof Message })[];

/** The fields of a message that make its kind. */
export type KindField = (typeof KINDS)[number]['field'];

/** The same rows, to be searched by any field. */
export const MESSAGES: readonly MessageKind[] = KINDS;

/** A message with none of these fields. It makes the chat unanswered: better once too often (U6). */
const UNKNOWN: MessageKind = { field: '', type: 'unknown', opens: true };

/** The kind of a message, also of a message with none of the known fields. */
export function kindOf(message: Readonly<Record<string, unknown>>): MessageKind {
  return MESSAGES.find(({ field }) => isThere(message, field)) ?? UNKNOWN;
}

/** Whether the field says anything. Libraries that pass updates on fill what is not there: `[]`, `false`, `""`. */
export function isThere(message: Readonly<Record<string, unknown>>, field: string): boolean {
  const value = message[field];
  return Array.isArray(value) ? value.length > 0 : ![undefined, null, false, ''].includes(value as never);
}

function notice<F extends keyof Message>(field: F, read?: ReadPart) {
  return { field, type: 'system', kind: field, opens: false, ...(read && { read, keeps: true }) } as const;
}
