import { cutText, pressedOf } from '#channels/bounds';
import { defined } from '#channels/fields';
import type { Received, ReceivedMessage } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import type { Connection } from '#domain/connection';
import { cut } from '#domain/cut';
import { toAuthor, toProfile } from './author.ts';
import { toContent } from './content.ts';
import { CHAT_TYPE, toPressId, toProviderId } from './ids.ts';
import { kindOf, UPDATES, type UpdateKind } from './kinds.ts';
import { labelOf } from './pressed.ts';
import { toQuoted } from './quotes.ts';
import {
  businessConnectionSchema,
  businessMessageSchema,
  callbackQuerySchema,
  deletedMessagesSchema,
  membershipSchema,
  messageSchema,
  reactionSchema,
  readWebhook,
  type TelegramBusinessConnection,
  type TelegramCallbackQuery,
  type TelegramChat,
  type TelegramDeletedMessages,
  type TelegramMembership,
  type TelegramMessage,
  type TelegramReaction,
  updateSchema,
} from './schema.ts';
import { isAutomatic, isOwn, isOwnNotice, isOwnSend } from './who-wrote.ts';

const MAX_REACTIONS = 20;
const MAX_EMOJI_LENGTH = 32;

const MEMBERSHIPS = new Map([
  ['kicked', 'blocked'],
  ['member', 'unblocked'],
]);

/**
 * Reads the part of the update with that name. `updateId` is the same in every redelivery of the update, and greater in
 * later updates.
 */
type Receive = (name: string, value: unknown, updateId: number, botId?: string) => Received[];

const RECEIVE: Readonly<Record<UpdateKind, Receive>> = {
  message: (name, value) => [receiveMessage(readWebhook(messageSchema, name, value))],
  'business-message': (name, value, _updateId, botId) => {
    const message = readWebhook(businessMessageSchema, name, value);
    return [receiveBusinessMessage(message, message.business_connection_id, botId)];
  },
  edit: (name, value, updateId) => {
    const message = readWebhook(messageSchema, name, value);
    return [receiveEdit(message, receiveMessage(message), updateId)];
  },
  'business-edit': (name, value, updateId, botId) => {
    const message = readWebhook(businessMessageSchema, name, value);
    const via = message.business_connection_id;
    return [receiveEdit(message, receiveBusinessMessage(message, via, botId), updateId, via)];
  },
  deletions: (name, value) => receiveDeletions(readWebhook(deletedMessagesSchema, name, value)),
  press: (name, value) => [receivePress(readWebhook(callbackQuerySchema, name, value))],
  reaction: (name, value, updateId) => [receiveReaction(readWebhook(reactionSchema, name, value), updateId)],
  membership: (name, value, updateId) => [receiveMembership(readWebhook(membershipSchema, name, value), updateId)],
  connection: (name, value, updateId) => [
    { kind: 'connection', connection: toConnection(readWebhook(businessConnectionSchema, name, value), updateId) },
  ],
  ignored: (name) => [ignored(name)],
};

/**
 * What an update reports, in Konvert's words. `botId` is the channel's bot. Throws `UnreadableWebhookError` for a body
 * that cannot be Telegram's.
 */
export function mapUpdate(body: unknown, botId?: string): Received[] {
  const update = readWebhook(updateSchema, 'update', body);
  for (const [name, kind] of Object.entries(UPDATES)) {
    if (update[name] !== undefined) return RECEIVE[kind](name, update[name], update.update_id, botId);
  }
  return [ignored('unknown-update')];
}

function receiveMessage(message: TelegramMessage): Received {
  return notOurs(message) ?? (isOwnNotice(message) ? ignored('own-service') : toReceived('client', message));
}

function receiveBusinessMessage(message: TelegramMessage, via: string, botId: string | undefined): Received {
  const left = notOurs(message);
  if (left) return left;
  if (isOwnSend(message, botId)) return ignored('own-send');
  if (isOwnNotice(message)) return ignored('own-service');
  return toReceived(isOwn(message) ? 'echo' : 'client', message, via);
}

/** `original` is what the message would be if it were new. */
function receiveEdit(message: TelegramMessage, original: Received, updateId: number, via?: string): Received {
  const isFact = original.kind === 'client' || original.kind === 'echo';
  return (
    notOurs(message) ?? {
      kind: 'edit',
      ...inChat(message.chat),
      providerId: toProviderId(message.message_id, via),
      time: (message.edit_date ?? message.date) * 1000,
      sequence: updateId,
      content: toContent(message, via),
      ...(isFact && { message: toldOf(original, message.date * 1000) }),
    }
  );
}

function toldOf({ kind, author, via, topic, by, client }: ReceivedMessage, time: number) {
  return { kind, author, time, ...defined({ via, topic, by, client }) };
}

function receiveDeletions({ chat, message_ids, business_connection_id }: TelegramDeletedMessages): Received[] {
  const left = outsidePrivate(chat);
  if (left) return [left];
  return message_ids.map((id) => ({
    kind: 'deletion',
    ...inChat(chat),
    providerId: toProviderId(id, business_connection_id),
  }));
}

function receivePress(press: TelegramCallbackQuery): Received {
  // Without a message only the person who pressed is known. The id of their private chat is their own id.
  const chat = press.message?.chat ?? { id: press.from.id, type: 'private' };
  const left = outsidePrivate(chat);
  if (left) return left;
  if (press.from.id !== chat.id) return ignored('own-press');
  const via = press.message?.business_connection_id;
  const quoted = press.message && toQuoted(press.message, chat.id, via);
  return {
    kind: 'client',
    ...inChat(chat),
    providerId: toPressId(press.id),
    opens: true,
    author: toAuthor(press.from),
    content: {
      type: 'text',
      kind: 'button',
      text: cutText(labelOf(press)),
      ...pressedOf(press.data),
      ...defined({ quoted }),
    },
    ...defined({ via, topic: press.message && topicOf(press.message) }),
  };
}

/** Only reactions of the client count. A reaction of the team is neither a message nor an answer. */
function receiveReaction({ chat, message_id, user, date, new_reaction }: TelegramReaction, updateId: number): Received {
  const left = outsidePrivate(chat);
  if (left) return left;
  if (user?.id !== chat.id) return ignored('own-reaction');
  return {
    kind: 'reaction',
    ...inChat(chat),
    providerId: toProviderId(message_id),
    time: date * 1000,
    sequence: updateId,
    emojis: new_reaction.slice(0, MAX_REACTIONS).map(emojiOf),
  };
}

/** The client blocked or unblocked the bot. It becomes a line of the history, with the same id in every redelivery. */
function receiveMembership({ chat, from, date, new_chat_member }: TelegramMembership, updateId: number): Received {
  const left = outsidePrivate(chat);
  if (left) return left;
  const kind = MEMBERSHIPS.get(new_chat_member.status);
  if (kind === undefined || from.id !== chat.id) return ignored('my_chat_member');
  return {
    kind: 'client',
    ...inChat(chat),
    providerId: `u${updateId}`,
    time: date * 1000,
    opens: false,
    author: toAuthor(from),
    content: { type: 'system', kind },
  };
}

/**
 * In every update about a connection, `date` is the time when it was established. Only the update's number tells which
 * update is later.
 */
function toConnection(connection: TelegramBusinessConnection, updateId: number): Connection {
  const { id, user, date, is_enabled, rights, can_reply } = connection;
  const mayReply = rights?.can_reply ?? can_reply ?? false;
  return {
    connectionId: id,
    ownerId: String(user.id),
    madeAt: date * 1000,
    sequence: updateId,
    state: is_enabled ? (mayReply ? 'active' : 'read-only') : 'revoked',
  };
}

function toReceived(kind: 'client' | 'echo', message: TelegramMessage, via?: string): Received {
  return {
    kind,
    ...inChat(message.chat),
    providerId: toProviderId(message.message_id, via),
    time: message.date * 1000,
    opens: kind === 'client' && kindOf(message).opens,
    author: toAuthor(message.from ?? message.chat),
    content: toContent(message, via),
    ...defined({ via, topic: topicOf(message) }),
    ...(kind === 'echo' && { client: toProfile(message.chat), ...(isAutomatic(message) && { by: 'automatic' }) }),
  };
}

function inChat({ id }: Pick<TelegramChat, 'id'>): { ids: PersonIds } {
  return { ids: [{ chatType: CHAT_TYPE, chatId: String(id) }] };
}

/** The topic of a message, if the client's chat with the bot is divided into topics. */
function topicOf(message: Pick<TelegramMessage, 'message_thread_id' | 'is_topic_message'>): string | undefined {
  const { message_thread_id: id, is_topic_message: isInTopic } = message;
  return isInTopic && id !== undefined ? String(id) : undefined;
}

/** Custom emojis have only an id. */
function emojiOf({ type, emoji }: TelegramReaction['new_reaction'][number]): string {
  return emoji === undefined ? (type === 'paid' ? '⭐' : '[emoji]') : cut(emoji, MAX_EMOJI_LENGTH);
}

function notOurs(message: TelegramMessage): Received | undefined {
  // Of id 0, Telegram says: "the relevant message will be unusable until it is actually sent".
  // https://core.telegram.org/bots/api#message
  return outsidePrivate(message.chat) ?? (message.message_id === 0 ? ignored('no-message-id') : undefined);
}

function outsidePrivate({ type }: TelegramChat): Received | undefined {
  if (type === 'private') return undefined;
  return ignored(type === 'channel' ? 'channel' : 'group');
}

function ignored(reason: string): Received {
  return { kind: 'ignored', reason };
}
