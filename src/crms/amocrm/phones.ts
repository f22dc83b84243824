import type { ContactData } from '#domain/directory';

/** A phone number, as people write it into a card, in digits with the code of its country; undefined for other texts. */
export function phoneIn(written: string): string | undefined {
  const [number = ''] = written.trim().split(/[;,]|\s*(?:ext|доб)/i);
  if (!/^\+?[\d\s().-]+$/.test(number)) return undefined;
  const digits = number.replace('(0)', '').replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  // Within Russia and Kazakhstan 8 is dialled instead of +7: two spellings of one number (K16).
  return !number.startsWith('+') && /^8[3-9]\d{9}$/.test(digits) ? `7${digits.slice(1)}` : digits;
}

/** The number of a person who is sought, if a number is what is known of them. */
export function phoneOf({ chatType, chatId, phone }: ContactData): string | undefined {
  const written = phone ?? (chatType === 'whatsapp' ? chatId : undefined);
  return written === undefined ? undefined : phoneIn(written);
}
