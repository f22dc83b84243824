import type { ContactData } from './directory.ts';

/** Chat types whose ids are phone numbers in digits with the country code, where there is one. */
const PHONES: readonly string[] = ['whatsapp', 'viber'];

/**
 * The key of a person's address in an account, in its normal form (D1): contacts, ownership and assignment are found by
 * it. Messenger ids are their own normal form.
 */
export function addressKey(account: string, chatType: string, chatId: string): string {
  return `${account}#${chatType}#${PHONES.includes(chatType) ? normalPhone(chatId) : chatId}`;
}

/** The account of an address's key. */
export function accountOfKey(addressKey: string): string {
  return addressKey.slice(0, addressKey.indexOf('#'));
}

/** Whom an address's key names, by the normal form. */
export function personOfKey(addressKey: string): { chatType: string; chatId: string } {
  const [, chatType = '', ...chatId] = addressKey.split('#');
  return { chatType, chatId: chatId.join('#') };
}

/** The keys of a contact's addresses, each once. What names nobody by an id (a Telegram username) is no address. */
export function addressKeys(account: string, contactData: readonly ContactData[]): string[] {
  const keys = contactData.flatMap(({ chatType, chatId }) => (chatId ? [addressKey(account, chatType, chatId)] : []));
  return [...new Set(keys)];
}

/**
 * Digits of E.164 in the one form that stands for all of a number's: in Brazil, Mexico and Argentina the same mobile is
 * written with and without a digit that WhatsApp may leave out or put in. What is no phone is a user's id, as it is.
 * Why no library does this: ADR 14.
 */
function normalPhone(phone: string): string {
  if (!WRITTEN_PHONE.test(phone)) return phone;
  const digits = phone.replace('(0)', '').replaceAll(/\D/g, '');
  const found = VARIANTS.map((variant) => variant.exec(digits)).find((match) => match !== null);
  return found ? `${found[1]}${found[2]}` : digits;
}

/** Digits, and what people put between them. WhatsApp's user ids begin with the letters of a country. */
const WRITTEN_PHONE = /^\+?[\d\s().-]*\d[\s()]*$/;

const VARIANTS: readonly RegExp[] = [
  // 55, two digits of area, the ninth digit of mobiles, eight digits.
  /^(55\d\d)9([6-9]\d{7})$/,
  // 52, the 1 of mobiles, ten digits.
  /^(52)1(\d{10})$/,
  // 54, the 9 of mobiles, ten digits.
  /^(54)9(\d{10})$/,
];
