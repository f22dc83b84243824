import type { ContactData } from '#domain/directory';

const WRITTEN_PHONE = /^\+?[\d\s().-]*\d[\s()]*$/;
/** `crm.duplicate.findbycomm` takes 20 values. */
const MOST_VARIANTS = 20;

/** A phone number in digits with the code of its country, as messengers name people; undefined for any other text. */
export function digitsOf(written: string): string | undefined {
  // An extension is no part of the number that messengers know.
  const number = written.trim().split(/[;,]|\s*(?:ext|доб)/i)[0] ?? '';
  if (!WRITTEN_PHONE.test(number)) return undefined;
  const digits = number.replace('(0)', '').replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  // In Russia and Kazakhstan 8 stands before a number that is dialled within the country (K16).
  return !number.startsWith('+') && /^8[3-9]\d{9}$/.test(digits) ? `7${digits.slice(1)}` : digits;
}

/** The number of a person who is sought, if a number is what is known of them. */
export function phoneOf({ chatType, chatId, phone }: ContactData): string | undefined {
  const written = phone ?? (chatType === 'whatsapp' ? chatId : undefined);
  return written === undefined ? undefined : digitsOf(written);
}

/**
 * The ways in which people write the number. Bitrix24 compares whole numbers, so a number that is written in another
 * way is not found. https://apidocs.bitrix24.com/api-reference/crm/duplicates/crm-duplicate-find-by-comm.html
 */
export function variantsOf(digits: string): string[] {
  const variants = [`+${digits}`, digits];
  if (/^7\d{10}$/.test(digits)) {
    const [code, one, two, three] = [digits.slice(1, 4), digits.slice(4, 7), digits.slice(7, 9), digits.slice(9)];
    const forms = [`(${code}) ${one}-${two}-${three}`, `${code} ${one}-${two}-${three}`];
    variants.push(`8${digits.slice(1)}`, digits.slice(1), ...forms.flatMap((form) => [`+7 ${form}`, `8 ${form}`]));
  }
  return variants.slice(0, MOST_VARIANTS);
}
