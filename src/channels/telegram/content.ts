import { defined, lines } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';
import { decorationOf, ENVELOPE_FIELDS } from './decoration.ts';
import { kindOf, MESSAGES } from './kinds.ts';
import { MAX_TEXT_LENGTH } from './parts.ts';
import { readQuotes } from './quotes.ts';
import type { TelegramMessage } from './schema.ts';
import { readParts } from './words.ts';

// With its keys and its author, an item stays below DynamoDB's 400 KB. The text takes what the other parts leave.
const MAX_CONTENT_BYTES = 379_000;
const MAX_RAW_BYTES = 32 * 1024;

/** Of these fields nothing is left to keep. */
const STORED_WHOLE = new Set([
  ...ENVELOPE_FIELDS,
  ...MESSAGES.filter(({ read, keeps }) => read && !keeps).map(({ field }) => field),
]);

/** The content of a Telegram message, in Konvert's words. */
export function toContent(message: TelegramMessage, via?: string): Content {
  const { type, kind } = kindOf(message);
  const { text = '', ...parts } = readParts(message);
  const content = {
    ...defined({ kind, albumId: message.media_group_id }),
    ...parts,
    type,
    ...readQuotes(message, via),
    ...defined({ raw: rawOf(message) }),
  };
  const around = decorationOf(message, text);
  // The list shows the kind of what has no text. What stands around it must not hide that.
  const itself = text === '' && around !== '' ? `[${kind ?? type}]` : text;
  const said = cutText(lines(itself, around), MAX_CONTENT_BYTES - bytesOf(content));
  return { ...content, ...(said && { text: said }) };
}

/** The text, cut to the longest that is stored, and to the bytes that there are for it. */
export function cutText(text: string, bytes = MAX_CONTENT_BYTES): string {
  const room = Math.max(bytes, 0);
  let kept = cut(text, MAX_TEXT_LENGTH);
  for (let size = Buffer.byteLength(kept); size > room; size = Buffer.byteLength(kept)) {
    kept = cut(kept, Math.floor((kept.length * room) / size));
  }
  return kept;
}

function bytesOf(content: object): number {
  return Buffer.byteLength(JSON.stringify(content));
}

/** The fields that are stored nowhere else, as JSON. Undefined if there are none, or too many bytes of them. */
function rawOf(message: TelegramMessage): string | undefined {
  const rest = Object.entries(message).filter(([field]) => !STORED_WHOLE.has(field));
  if (rest.length === 0) return undefined;
  const raw = JSON.stringify(Object.fromEntries(rest));
  return Buffer.byteLength(raw) > MAX_RAW_BYTES ? undefined : raw;
}
