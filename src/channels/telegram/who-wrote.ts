import { isThere, kindOf } from './kinds.ts';
import { botSchema, type TelegramMessage } from './schema.ts';

/**
 * Whether the owner of the business account wrote the message, or a bot for them. The id of a private chat is the
 * client's, so any other author is the owner, and no connection has to be known for that.
 * https://core.telegram.org/bots/api#chat
 */
export function isOwn(message: TelegramMessage): boolean {
  const { from, chat } = message;
  return (from !== undefined && from.id !== chat.id) || isThere(message, 'sender_business_bot');
}

/**
 * Whether the channel's own bot wrote the message on the owner's behalf: then it is a reply that is stored already.
 * Without `botId` every bot counts as it. https://core.telegram.org/bots/api#message
 */
export function isOwnSend(message: TelegramMessage, botId: string | undefined): boolean {
  if (!isThere(message, 'sender_business_bot')) return false;
  const sender = botSchema.safeParse(message.sender_business_bot).data;
  return sender === undefined || botId === undefined || String(sender.id) === botId;
}

/** Whether another bot or Telegram itself wrote it: a greeting, away or scheduled message. */
export function isAutomatic(message: TelegramMessage): boolean {
  return isThere(message, 'sender_business_bot') || message.is_from_offline === true;
}

/**
 * A notice about something that the owner did. It is no reply, so it must not cover anything as an echo, and its author
 * is not the client.
 */
export function isOwnNotice(message: TelegramMessage): boolean {
  return isOwn(message) && kindOf(message).type === 'system';
}
