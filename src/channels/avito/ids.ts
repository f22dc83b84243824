import type { PersonId } from '#domain/message';

/** The chat type of a chat at Avito. */
export const CHAT_TYPE = 'avito';

/** `u2i-…~…`. They become parts of keys and of addresses. Digits alone are the profile of a person, which is no chat. */
const CHAT_ID = /^(?!\d+$)[A-Za-z0-9][\w~.:+=-]{0,199}$/;
/** They become parts of keys, and a key holds 1024 bytes. Konvert itself has an outcome that is called by a tilde. */
const MESSAGE_ID = /^(?!~$)[!-~]{1,256}$/;

/** The id of a chat. Undefined if it is none. */
export function chatIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && CHAT_ID.test(value) ? value : undefined;
}

/** The id of a message. Undefined if it is none. */
export function messageIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && MESSAGE_ID.test(value) ? value : undefined;
}

/** The number of a profile, as text. Undefined if it is none. */
export function profileIdOf(value: unknown): string | undefined {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && /^[1-9]\d{0,19}$/.test(id) ? id : undefined;
}

/** An id of a person: that of a chat, or that of their profile, which is the same in all of their chats. */
export function personId(chatId: string): PersonId {
  return { chatType: CHAT_TYPE, chatId };
}
