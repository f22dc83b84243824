import type { PersonId } from '#domain/message';

/** The chat type of a person at Viber. */
export const CHAT_TYPE = 'viber';

/** Base64, of a person at one bot. They become parts of keys. Some have digits only, and are no phone numbers. */
const USER_ID = /^[\w+/-]{1,128}={0,2}$/;

/** The id of a person. Undefined if it is none. */
export function userIdOf(value: unknown): PersonId | undefined {
  return typeof value === 'string' && USER_ID.test(value) ? { chatType: CHAT_TYPE, chatId: value } : undefined;
}
