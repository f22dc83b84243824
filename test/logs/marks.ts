import { readdirSync, readFileSync } from 'node:fs';

/** Part of every text that may be in no log. */
export const MARK = 'Zq7Mark';
/** A chat with a phone as its id, as in some messengers, and a phone in a card. */
export const CHAT = 79995550102;
export const PHONE = '79995550103';
export const TOKEN = `7000000001:AAF-${MARK}_token_of_a_bot_that_is_none`;
export const WRONG_KEY = `${MARK}-wrong-key`;

/** Fields with words of the protocol. They are not marked, because the update would then be another one, or none. */
const WORDS = ['type', 'status', 'source', 'mime_type', 'currency', 'business_connection_id'];

const folder = new URL('../fixtures/telegram/', import.meta.url);

/** The recorded updates, moved to the marked chat, with a mark in every text, name, id of a file and the like. */
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

/** The mark, the phones and those of the secrets that the text holds. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return [MARK, String(CHAT), PHONE, ...secrets].filter(
    (one) => one !== '' && text.toLowerCase().includes(one.toLowerCase()),
  );
}
