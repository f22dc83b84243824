import { readdirSync, readFileSync } from 'node:fs';

/** Stands in everything that nobody but its readers may see. */
export const MARK = 'Zq7Mark';
/** A chat whose id is a phone, as some messengers have it, and a phone in a card. */
export const CHAT = 79995550102;
export const PHONE = '79995550103';
export const TOKEN = `7000000001:AAF-${MARK}_token_of_a_bot_that_is_none`;
export const WRONG_KEY = `${MARK}-wrong-key`;

/** Words of the protocol: with others it would be another message, or none. */
const WORDS = ['type', 'status', 'source', 'mime_type', 'currency', 'business_connection_id'];

const folder = new URL('../fixtures/telegram/', import.meta.url);

/** Every kind of update, with each text, name, phone, id of a file and the like marked, in the marked chat. */
export const markedUpdates: readonly unknown[] = readdirSync(folder)
  .sort()
  .map((name) => marked(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));

function marked(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return WORDS.includes(name) ? value : name === 'phone_number' ? PHONE : `${MARK} ${name} ${value}`;
  if (value === 51000444) return CHAT;
  if (Array.isArray(value)) return value.map((one) => marked(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, marked(one, inner)]));
}

/** What of it is in the text: marks, phones and the secrets that are given. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return [MARK, String(CHAT), PHONE, ...secrets].filter(
    (one) => one !== '' && text.toLowerCase().includes(one.toLowerCase()),
  );
}
