import { stringOf, wholeOf } from '#channels/fields';

/** The chat type of a person's dialog with a community. */
export const CHAT_TYPE = 'vk';

// Users have the ids 1 to 1.9 billion, and from 200 billion on. Between them are chats and other things.
// https://dev.vk.com/ru/reference/roadmap (64-bit ids)
const LAST_OLD_USER = 1_900_000_000;
const FIRST_NEW_USER = 200_000_000_000;
const LAST_NEW_USER = 100_000_000_000_000;

/** The id of a person, undefined for communities, chats and everything else. */
export function userIdOf(value: unknown): number | undefined {
  const id = wholeOf(value) ?? 0;
  const isUser = (id > 0 && id <= LAST_OLD_USER) || (id >= FIRST_NEW_USER && id <= LAST_NEW_USER);
  return isUser ? id : undefined;
}

/** Whether a person with that id may be at VK. */
export function isUserId(chatId: string): boolean {
  return /^[1-9]\d{0,14}$/.test(chatId) && userIdOf(Number(chatId)) !== undefined;
}

/**
 * Konvert's id of a message: its number in the chat, because `id` is 0 or missing in some places. Undefined if it has
 * none. https://dev.vk.com/ru/reference/objects/message
 */
export function toProviderId(cmid: unknown): string | undefined {
  const number = wholeOf(cmid) ?? 0;
  return number > 0 ? String(number) : undefined;
}

/** VK's number of a message in its chat. Undefined for what is no message, such as a pressed button. */
export function toCmid(providerId: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(providerId) ? Number(providerId) : undefined;
}

/** VK's id of one delivery. Undefined if it is none. It becomes a part of a key. */
export function eventIdOf(value: unknown): string | undefined {
  const id = stringOf(value);
  return /^[\w-]{1,128}$/.test(id) ? id : undefined;
}

const PRESS = 'cb';

/** Konvert's id of a pressed button. It tells what an acknowledgement needs. */
export function toPressId(userId: number, eventId: string): string {
  return `${PRESS}${userId}.${eventId}`;
}

/** The person who pressed, and VK's id of the press. Undefined for another id. */
export function pressOf(providerId: string): { readonly userId: string; readonly eventId: string } | undefined {
  const [, userId, eventId] = /^cb(\d{1,15})\.([\w-]{1,128})$/.exec(providerId) ?? [];
  return userId === undefined || eventId === undefined ? undefined : { userId, eventId };
}
