/** The chat type of a person's chat with a bot, or with the business account that a bot serves. */
export const CHAT_TYPE = 'telegram';

/** Konvert's id of a message. The chats of a business connection number their messages apart from the bot's. */
export function toProviderId(messageId: number, via?: string): string {
  return via === undefined ? String(messageId) : `${via}.${messageId}`;
}

/**
 * Telegram's id of a message that can be quoted in the chat of `via`. Undefined for a message of another connection and
 * for a pressed button.
 */
export function toMessageId(providerId: string, via?: string): number | undefined {
  const prefix = via === undefined ? '' : `${via}.`;
  const id = providerId.startsWith(prefix) ? providerId.slice(prefix.length) : '';
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

/** Where a message that we sent is: its number, and the connection by which it left. Undefined for anything else. */
export function placeOfSent(providerId: string): { readonly messageId: number; readonly via?: string } | undefined {
  const [, via, id] = /^(?:(.{1,256})\.)?(\d{1,15})$/s.exec(providerId) ?? [];
  return id === undefined ? undefined : { messageId: Number(id), ...(via !== undefined && { via }) };
}

const PRESS = 'cb';

/** Konvert's id of a pressed button, from that of its callback query. */
export function toPressId(queryId: string): string {
  return `${PRESS}${queryId}`;
}

/** Telegram's id of the callback query. */
export function toQueryId(pressId: string): string {
  return pressId.slice(PRESS.length);
}
