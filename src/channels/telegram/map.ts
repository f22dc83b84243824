import type { Received } from '#channels/channel';
import type { Author, Content, ContentType } from '#domain/message';
import {
  businessMessageSchema,
  callbackQuerySchema,
  deletedMessagesSchema,
  messageSchema,
  readWebhook,
  type TelegramCallbackQuery,
  type TelegramChat,
  type TelegramDeletedMessages,
  type TelegramMessage,
  type TelegramUser,
  updateSchema,
} from './schema.ts';

/** The chat type of a person's chat with a bot, or with the business account that a bot serves. */
export const CHAT_TYPE = 'telegram';

// With the text's three bytes a character and the keys, an item stays below DynamoDB's 400 KB.
const MAX_TEXT_LENGTH = 100_000;
const MAX_RAW_BYTES = 32 * 1024;
const MAX_NAME_LENGTH = 256;

// The first one that is there decides. An animation also fills `document`, a venue also fills `location`:
// https://core.telegram.org/bots/api#message
const CONTENT_FIELDS: readonly (readonly [field: string, type: ContentType])[] = [
  ['animation', 'video'],
  ['live_photo', 'image'],
  ['photo', 'image'],
  ['sticker', 'image'],
  ['audio', 'audio'],
  ['voice', 'audio'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['document', 'document'],
  ['contact', 'vcard'],
  ['venue', 'geo'],
  ['location', 'geo'],
];

// Notices that Telegram writes about the chat. What a person hands over on purpose (`web_app_data`, `passport_data`,
// `gift`) is a service message in Telegram's words too, and is not here: somebody waits for an answer to it.
const SERVICE_FIELDS: readonly string[] = [
  'boost_added',
  'channel_chat_created',
  'chat_background_set',
  'chat_owner_changed',
  'chat_owner_left',
  'chat_shared',
  'checklist_tasks_added',
  'checklist_tasks_done',
  'connected_website',
  'delete_chat_photo',
  'direct_message_price_changed',
  'forum_topic_closed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'gift_upgrade_sent',
  'giveaway_completed',
  'giveaway_created',
  'group_chat_created',
  'left_chat_member',
  'managed_bot_created',
  'message_auto_delete_timer_changed',
  'migrate_from_chat_id',
  'migrate_to_chat_id',
  'new_chat_members',
  'new_chat_photo',
  'new_chat_title',
  'paid_message_price_changed',
  'pinned_message',
  'poll_option_added',
  'poll_option_deleted',
  'proximity_alert_triggered',
  'refunded_payment',
  'successful_payment',
  'suggested_post_approval_failed',
  'suggested_post_approved',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'supergroup_chat_created',
  'users_shared',
  'video_chat_ended',
  'video_chat_participants_invited',
  'video_chat_scheduled',
  'video_chat_started',
  'write_access_allowed',
];

// They say where, when and by whom, or repeat another message; everything else of a message is its content.
const ENVELOPE_FIELDS: readonly string[] = [
  'business_connection_id',
  'chat',
  'date',
  'edit_date',
  'from',
  'message_id',
  'reply_to_message',
];

const HANDLED: Readonly<Record<string, (value: unknown) => Received[]>> = {
  message: (value) => [receiveMessage(readWebhook(messageSchema, 'message', value))],
  edited_message: (value) => [receiveEdit(readWebhook(messageSchema, 'edited_message', value))],
  callback_query: (value) => [receivePress(readWebhook(callbackQuerySchema, 'callback_query', value))],
  business_message: (value) => {
    const message = readWebhook(businessMessageSchema, 'business_message', value);
    return [receiveBusinessMessage(message, message.business_connection_id)];
  },
  edited_business_message: (value) => {
    const message = readWebhook(businessMessageSchema, 'edited_business_message', value);
    return [receiveEdit(message, message.business_connection_id)];
  },
  deleted_business_messages: (value) =>
    receiveDeletions(readWebhook(deletedMessagesSchema, 'deleted_business_messages', value)),
};

const LEFT_ALONE: readonly string[] = [
  'business_connection',
  'channel_post',
  'chat_boost',
  'chat_join_request',
  'chat_member',
  'chosen_inline_result',
  'edited_channel_post',
  'guest_message',
  'inline_query',
  'managed_bot',
  'message_reaction',
  'message_reaction_count',
  'my_chat_member',
  'poll',
  'poll_answer',
  'pre_checkout_query',
  'purchased_paid_media',
  'removed_chat_boost',
  'shipping_query',
  'subscription',
];

/** What an update says, in our words. Throws `UnreadableWebhookError` for what cannot be an update of Telegram's. */
export function mapUpdate(body: unknown): Received[] {
  const update = readWebhook(updateSchema, 'update', body);
  for (const [kind, receive] of Object.entries(HANDLED)) {
    if (update[kind] !== undefined) return receive(update[kind]);
  }
  return [ignored(LEFT_ALONE.find((kind) => update[kind] !== undefined) ?? 'unknown-update')];
}

/** Our id of a message. The chats of a business connection number theirs apart from the bot's. */
export function toProviderId(messageId: number, via?: string): string {
  return via === undefined ? String(messageId) : `${via}.${messageId}`;
}

/** Telegram's id of a message that can be quoted in the chat of `via`; undefined for one of another chat, or a press. */
export function toMessageId(providerId: string, via?: string): number | undefined {
  const prefix = via === undefined ? '' : `${via}.`;
  const id = providerId.startsWith(prefix) ? providerId.slice(prefix.length) : '';
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

function receiveMessage(message: TelegramMessage): Received {
  return notOurs(message) ?? (isOwnNotice(message) ? ignored('own-service') : toReceived('client', message));
}

function receiveBusinessMessage(message: TelegramMessage, via: string): Received {
  const left = notOurs(message);
  if (left) return left;
  // By their time the next two would cover what nobody had seen (U3): a bot wrote on the owner's behalf, or Telegram
  // did (greeting, away and scheduled messages). https://core.telegram.org/bots/api#message
  if (isThere(message, 'sender_business_bot')) return ignored('own-send');
  if (isOwn(message) && message.is_from_offline) return ignored('own-automatic');
  if (isOwnNotice(message)) return ignored('own-service');
  return toReceived(isOwn(message) ? 'echo' : 'client', message, via);
}

function receiveEdit(message: TelegramMessage, via?: string): Received {
  return (
    notOurs(message) ?? {
      kind: 'edit',
      chatType: CHAT_TYPE,
      chatId: String(message.chat.id),
      providerId: toProviderId(message.message_id, via),
      time: (message.edit_date ?? message.date) * 1000,
      content: toContent(message),
    }
  );
}

function receiveDeletions({ chat, message_ids, business_connection_id }: TelegramDeletedMessages): Received[] {
  const left = outsidePrivate(chat);
  if (left) return [left];
  return message_ids.map((id) => ({
    kind: 'deletion',
    chatType: CHAT_TYPE,
    chatId: String(chat.id),
    providerId: toProviderId(id, business_connection_id),
  }));
}

function receivePress(press: TelegramCallbackQuery): Received {
  // Without a message the private chat with whoever pressed is all that is known, and its id is that of the person.
  const chat = press.message?.chat ?? { id: press.from.id, type: 'private' };
  const left = outsidePrivate(chat);
  if (left) return left;
  if (press.from.id !== chat.id) return ignored('own-press');
  const via = press.message?.business_connection_id;
  return {
    kind: 'client',
    chatType: CHAT_TYPE,
    chatId: String(chat.id),
    providerId: `cb${press.id}`,
    opens: true,
    author: toAuthor(press.from),
    content: { type: 'text', text: cut(labelOf(press), MAX_TEXT_LENGTH) },
    ...(via !== undefined && { via }),
  };
}

function toReceived(kind: 'client' | 'echo', message: TelegramMessage, via?: string): Received {
  const content = toContent(message);
  return {
    kind,
    chatType: CHAT_TYPE,
    chatId: String(message.chat.id),
    providerId: toProviderId(message.message_id, via),
    time: message.date * 1000,
    opens: kind === 'client' && content.type !== 'system',
    author: toAuthor(message.from ?? { id: message.chat.id }),
    content,
    ...(via !== undefined && { via }),
  };
}

function toContent(message: TelegramMessage): Content {
  const type = typeOf(message);
  const text = textOf(message);
  const raw = type === 'text' ? undefined : rawOf(message);
  return {
    type,
    ...(text !== undefined && { text: cut(text, MAX_TEXT_LENGTH) }),
    ...(raw !== undefined && { raw }),
  };
}

function typeOf(message: TelegramMessage): ContentType {
  if (message.text !== undefined) return 'text';
  const media = CONTENT_FIELDS.find(([field]) => isThere(message, field));
  if (media) return media[1];
  return SERVICE_FIELDS.some((field) => isThere(message, field)) ? 'system' : 'unknown';
}

function textOf({ text, caption, contact }: TelegramMessage): string | undefined {
  if (text !== undefined || contact === undefined) return text ?? caption;
  return [fullName(contact), contact.phone_number].filter(Boolean).join(', ') || undefined;
}

function rawOf(message: TelegramMessage): string | undefined {
  const own = Object.entries(message).filter(([field]) => !ENVELOPE_FIELDS.includes(field));
  const raw = JSON.stringify(Object.fromEntries(own));
  return Buffer.byteLength(raw) > MAX_RAW_BYTES ? undefined : raw;
}

function toAuthor(user: TelegramUser): Author {
  const name = fullName(user);
  return {
    id: String(user.id),
    ...(name && { name: cut(name, MAX_NAME_LENGTH) }),
    ...(user.username && { username: cut(user.username, MAX_NAME_LENGTH) }),
  };
}

function fullName(person: { first_name?: string | undefined; last_name?: string | undefined }): string {
  return [person.first_name, person.last_name].filter(Boolean).join(' ');
}

function labelOf({ data, message }: TelegramCallbackQuery): string {
  if (!data) return '[button]';
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.find((button) => button.callback_data === data)?.text || data;
}

function notOurs(message: TelegramMessage): Received | undefined {
  // "the relevant message will be unusable until it is actually sent": https://core.telegram.org/bots/api#message
  return outsidePrivate(message.chat) ?? (message.message_id === 0 ? ignored('no-message-id') : undefined);
}

function outsidePrivate({ type }: TelegramChat): Received | undefined {
  if (type === 'private') return undefined;
  return ignored(type === 'channel' ? 'channel' : 'group');
}

/** In a private chat the client's id is the chat's. */
function isOwn({ from, chat }: TelegramMessage): boolean {
  return from !== undefined && from.id !== chat.id;
}

/** Not a reply, so it must not cover anything as an echo; and its author is not the contact. */
function isOwnNotice(message: TelegramMessage): boolean {
  return isOwn(message) && typeOf(message) === 'system';
}

function isThere(message: TelegramMessage, field: string): boolean {
  return message[field] !== undefined && message[field] !== null;
}

function ignored(reason: string): Received {
  return { kind: 'ignored', reason };
}

/** Cut, and without the half of a character that a cut (or the sender) leaves: a stored string is UTF-8. */
function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
