import type { PersonId } from '#domain/message';

/** The chat type of a person at WhatsApp. */
export const CHAT_TYPE = 'whatsapp';

/** A number of E.164 in digits. Meta writes some with the plus. */
const PHONE = /^\+?(\d{5,20})$/;
/** What could become part of a key. Meta's user ids have 131 characters at most: `US.ENT.7041…`. */
const OTHER_ID = /^[\w.@:-]{1,200}$/;
/**
 * `wamid.` or `wacid.` and base64, 60 to 100 characters. They become parts of keys, and a key holds 1024 bytes. Konvert
 * itself has an outcome that is called by a tilde.
 */
const MESSAGE_ID = /^(?!~$)[!-~]{1,256}$/;

/**
 * The ids of a person, without repeats: phone numbers first, because not every message may go to a user id, then the
 * others in their order. A number without letters around it is a phone number, whatever field it came in. Programs
 * between Meta and us may have made it a number of JSON.
 */
export function idsOf(...values: readonly unknown[]): PersonId[] {
  const given = values
    .map((value) => (Number.isSafeInteger(value) ? String(value) : value))
    .filter((value) => typeof value === 'string');
  const phones = given.flatMap((value) => PHONE.exec(value)?.[1] ?? []);
  const others = given.filter((value) => !PHONE.test(value) && OTHER_ID.test(value));
  return [...new Set([...phones, ...others])].map((chatId) => ({ chatType: CHAT_TYPE, chatId }));
}

/** The id of a message or a call. Undefined if it is none. */
export function messageIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && MESSAGE_ID.test(value) ? value : undefined;
}

/** The id of a business number, account or template. Undefined if it is none. */
export function objectIdOf(value: unknown): string | undefined {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && /^\d{1,32}$/.test(id) ? id : undefined;
}
