import type { Received } from '#channels/channel';
import { toAuthor } from './author.ts';
import { cutText, isThere, kindOf, toContent } from './content.ts';
import { CHAT_TYPE, toProviderId } from './ids.ts';
import { UPDATES, type UpdateKind } from './kinds.ts';
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
  updateSchema,
} from './schema.ts';

/** Reads the part of the update that has that name. */
type Receive = (name: string, value: unknown) => Received[];

const RECEIVE: Readonly<Record<UpdateKind, Receive>> = {
  message: (name, value) => [receiveMessage(readWebhook(messageSchema, name, value))],
  'business-message': (name, value) => {
    const message = readWebhook(businessMessageSchema, name, value);
    return [receiveBusinessMessage(message, message.business_connection_id)];
  },
  edit: (name, value) => [receiveEdit(readWebhook(messageSchema, name, value))],
  'business-edit': (name, value) => {
    const message = readWebhook(businessMessageSchema, name, value);
    return [receiveEdit(message, message.business_connection_id)];
  },
  deletions: (name, value) => receiveDeletions(readWebhook(deletedMessagesSchema, name, value)),
  press: (name, value) => [receivePress(readWebhook(callbackQuerySchema, name, value))],
  ignored: (name) => [ignored(name)],
};

/** What an update says, in our words. Throws `UnreadableWebhookError` for what cannot be an update of Telegram's. */
export function mapUpdate(body: unknown): Received[] {
  const update = readWebhook(updateSchema, 'update', body);
  for (const [name, kind] of Object.entries(UPDATES)) {
    if (update[name] !== undefined) return RECEIVE[kind](name, update[name]);
  }
  return [ignored('unknown-update')];
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
    content: { type: 'text', text: cutText(labelOf(press)) },
    ...(via !== undefined && { via }),
  };
}

function toReceived(kind: 'client' | 'echo', message: TelegramMessage, via?: string): Received {
  return {
    kind,
    chatType: CHAT_TYPE,
    chatId: String(message.chat.id),
    providerId: toProviderId(message.message_id, via),
    time: message.date * 1000,
    opens: kind === 'client' && kindOf(message).opens,
    author: toAuthor(message.from ?? { id: message.chat.id }),
    content: toContent(message),
    ...(via !== undefined && { via }),
  };
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
  return isOwn(message) && kindOf(message).type === 'system';
}

function ignored(reason: string): Received {
  return { kind: 'ignored', reason };
}
