import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import { ENVELOPE_FIELDS, isThere, kindOf, MESSAGES } from './kinds.ts';
import { defined } from './parts.ts';
import { readQuotes } from './quotes.ts';
import type { TelegramMessage } from './schema.ts';

// With three bytes a character for the text, and with the parts and the keys, an item stays below DynamoDB's 400 KB.
const MAX_TEXT_LENGTH = 100_000;
const MAX_RAW_BYTES = 32 * 1024;

const READ_WHOLE = MESSAGES.filter(({ read, keeps }) => read && !keeps).map(({ field }) => field);

/** The content of a Telegram message, in Konvert's words. */
export function toContent(message: TelegramMessage, via?: string): Content {
  const { type, kind } = kindOf(message);
  const parts = readParts(message);
  const text = message.text ?? message.caption ?? parts.text;
  return {
    ...defined({ kind, albumId: message.media_group_id }),
    ...parts,
    type,
    ...readQuotes(message, via),
    ...defined({ text: text === undefined ? undefined : cutText(text), raw: rawOf(message) }),
  };
}

/** The text, cut to the longest that is stored. */
export function cutText(text: string): string {
  return cut(text, MAX_TEXT_LENGTH);
}

/** Takes each part from the first field that fills it. */
function readParts(message: TelegramMessage): Partial<Content> {
  const there = MESSAGES.filter(({ field }) => isThere(message, field));
  const read = there.map((kind) => kind.read?.(message[kind.field], message) ?? {});
  return Object.assign({}, ...read.reverse());
}

/** The fields that are stored nowhere else, as JSON. Undefined if there are none, or too many bytes of them. */
function rawOf(message: TelegramMessage): string | undefined {
  const rest = Object.entries(message).filter(
    ([field]) => !ENVELOPE_FIELDS.includes(field) && !READ_WHOLE.includes(field),
  );
  const raw = JSON.stringify(Object.fromEntries(rest));
  return raw === '{}' || Buffer.byteLength(raw) > MAX_RAW_BYTES ? undefined : raw;
}
