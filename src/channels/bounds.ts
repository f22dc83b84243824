import { cut } from '#domain/cut';
import type { Content } from '#domain/message';

/** The longest text that a message may become. The longest of all messengers has 32,768 characters. */
export const MAX_TEXT_LENGTH = 100_000;
/** The longest name that is stored or shown. */
export const MAX_NAME_LENGTH = 256;
/** The longest payload of a button: MAX's, which has 1,024 characters. WhatsApp's has 256, Telegram's 64 bytes. */
const MAX_PAYLOAD_LENGTH = 1024;

// With its keys and its author, an item stays below DynamoDB's 400 KB. The text takes what the other parts leave.
const MAX_CONTENT_BYTES = 379_000;
const MAX_RAW_BYTES = 32 * 1024;

/** The content with its text, as far as the other parts leave room for it. */
export function withText<C extends Omit<Content, 'text'>>(content: C, text: string): C & Pick<Content, 'text'> {
  const said = cutText(text, MAX_CONTENT_BYTES - bytesOf(content));
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

/** What a button gives back that was pressed, as messengers tell it. Nothing if it tells none. */
export function pressedOf(payload: unknown): Pick<Content, 'pressed'> {
  return typeof payload === 'string' && payload !== '' ? { pressed: cut(payload, MAX_PAYLOAD_LENGTH) } : {};
}

/** The messenger's own fields that are stored nowhere else, as JSON. Undefined if there are none, or too many bytes. */
export function rawOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.keys(fields).length === 0) return undefined;
  const raw = JSON.stringify(fields);
  return Buffer.byteLength(raw) > MAX_RAW_BYTES ? undefined : raw;
}

function bytesOf(content: object): number {
  return Buffer.byteLength(JSON.stringify(content));
}
