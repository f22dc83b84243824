import type { Content } from '#domain/message';
import { fullName } from './author.ts';
import { cut } from './cut.ts';
import { ENVELOPE_FIELDS, MESSAGES, type MessageKind, UNKNOWN_MESSAGE } from './kinds.ts';
import type { TelegramMessage } from './schema.ts';

// With the text's three bytes a character and the keys, an item stays below DynamoDB's 400 KB.
const MAX_TEXT_LENGTH = 100_000;
const MAX_RAW_BYTES = 32 * 1024;

/** Which kind of message it is. */
export function kindOf(message: TelegramMessage): MessageKind {
  return MESSAGES.find(({ field }) => isThere(message, field)) ?? UNKNOWN_MESSAGE;
}

/** What the message says, in our words. */
export function toContent(message: TelegramMessage): Content {
  const { type } = kindOf(message);
  const text = textOf(message);
  const raw = type === 'text' ? undefined : rawOf(message);
  return {
    type,
    ...(text !== undefined && { text: cutText(text) }),
    ...(raw !== undefined && { raw }),
  };
}

/** The longest text that is kept. */
export function cutText(text: string): string {
  return cut(text, MAX_TEXT_LENGTH);
}

function textOf({ text, caption, contact }: TelegramMessage): string | undefined {
  if (text !== undefined || contact === undefined) return text ?? caption;
  return [fullName(contact), contact.phone_number].filter(Boolean).join(', ') || undefined;
}

function rawOf(message: TelegramMessage): string | undefined {
  const own = Object.entries(message).filter(([field]) => !ENVELOPE_FIELDS.includes(field));
  const raw = JSON.stringify(Object.fromEntries(own));
  return Buffer.byteLength(raw) > MAX_RAW_BYTES ? undefined : raw;
}

/** Whether the field says anything. */
export function isThere(message: TelegramMessage, field: string): boolean {
  return message[field] !== undefined && message[field] !== null;
}
