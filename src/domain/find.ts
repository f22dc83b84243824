import { addressKey } from './address.ts';
import type { ContactData } from './directory.ts';
import { handleKey } from './handles.ts';
import { CHAT_TYPES, type Profile } from './message.ts';
import { nameOf } from './profile.ts';

/** The text in the form in which names are compared: small letters, `ё` as `е`, single blanks. */
export function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ').trim();
}

/** The keys of the addresses that the text may be: a phone in any spelling, or a user's id at a messenger. */
export function addressesNamed(account: string, find: string): string[] {
  return CHAT_TYPES.map((chatType) => addressKey(account, chatType, find.trim()));
}

/** The keys of the handles that the text may be: a username, with or without the @. */
export function handlesNamed(account: string, find: string): string[] {
  return CHAT_TYPES.flatMap((chatType) => handleKey(account, chatType, find) ?? []);
}

/** Whether a contact is meant: by a part of its name, or by a whole phone number or username of its card. */
export function isContactMeant(
  { name, contactData }: { readonly name: string; readonly contactData: readonly ContactData[] },
  find: string,
): boolean {
  if (comparable(name).includes(comparable(find))) return true;
  const isPhone = (phone: string) => addressKey('', 'whatsapp', phone) === addressKey('', 'whatsapp', find.trim());
  return contactData.some(
    ({ phone, username }) => (phone !== undefined && isPhone(phone)) || (username && bare(username) === bare(find)),
  );
}

/** Whether the client of a chat without a contact is meant: by a part of the name that is shown, or their username. */
export function isClientMeant(profile: Profile | undefined, chatId: string, find: string): boolean {
  const shown = nameOf(profile ?? {}) ?? chatId;
  return (
    comparable(shown).includes(comparable(find)) ||
    (profile?.username !== undefined && bare(profile.username) === bare(find))
  );
}

function bare(username: string): string {
  return comparable(username).replace(/^@/, '');
}
