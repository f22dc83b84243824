import type { ContactData } from './directory.ts';
import { chatOfKey } from './message.ts';

/**
 * Chat types with phone numbers as ids: in digits, with the country code if there is one. A bot of Viber knows people by ids
 * of its own, and digits alone may be one.
 */
const PHONES: readonly string[] = ['whatsapp'];

/**
 * The key of a person's address in an account, in normal form (D1). Contacts, owners and assignments are found by it.
 * An id that is no phone number is its own normal form.
 */
export function addressKey(account: string, chatType: string, chatId: string): string {
  return `${account}#${chatType}#${PHONES.includes(chatType) ? normalPhone(chatId) : chatId}`;
}

/** The key of the address that a chat is named by. */
export function addressOfChat(account: string, chatKey: string): string {
  const { chatType, chatId } = chatOfKey(chatKey);
  return addressKey(account, chatType, chatId);
}

/** The chat id as messengers write it: a phone number in digits, anything else as it is. */
export function plainChatId(chatType: string, chatId: string): string {
  return PHONES.includes(chatType) && WRITTEN_PHONE.test(chatId) ? digitsOf(chatId) : chatId;
}

/** The account in the key of an address. */
export function accountOfKey(addressKey: string): string {
  return addressKey.slice(0, addressKey.indexOf('#'));
}

/** The chat type and the chat id, in normal form, in the key of an address. */
export function personOfKey(addressKey: string): { chatType: string; chatId: string } {
  const [, chatType = '', ...chatId] = addressKey.split('#');
  return { chatType, chatId: chatId.join('#') };
}

/**
 * The keys of a contact's addresses, without repeats. Contact data without a chat id (only a Telegram username) is no
 * address.
 */
export function addressKeys(account: string, contactData: readonly ContactData[]): string[] {
  const keys = contactData.flatMap(({ chatType, chatId }) => (chatId ? [addressKey(account, chatType, chatId)] : []));
  return [...new Set(keys)];
}

/**
 * The digits of a phone number (E.164), in one form for all its spellings: in Brazil, Mexico and Argentina the same
 * mobile is written with and without a digit that WhatsApp may add or leave out. A text that is no phone number is a
 * user's id and stays as it is. ADR 14 says why no library does this.
 */
function normalPhone(phone: string): string {
  if (!WRITTEN_PHONE.test(phone)) return phone;
  const digits = digitsOf(phone);
  const found = VARIANTS.map((variant) => variant.exec(digits)).find((match) => match !== null);
  return found ? `${found[1]}${found[2]}` : digits;
}

function digitsOf(phone: string): string {
  return phone.replace('(0)', '').replaceAll(/\D/g, '');
}

/**
 * Digits and the signs that people put between them. WhatsApp's user ids do not match: they begin with the letters of a
 * country.
 */
const WRITTEN_PHONE = /^\+?[\d\s().-]*\d[\s()]*$/;

const VARIANTS: readonly RegExp[] = [
  // 55, two digits of area, the ninth digit of mobiles, eight digits.
  /^(55\d\d)9([6-9]\d{7})$/,
  // 52, the 1 of mobiles, ten digits.
  /^(52)1(\d{10})$/,
  // 54, the 9 of mobiles, ten digits.
  /^(54)9(\d{10})$/,
];
