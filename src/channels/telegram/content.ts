import { rawOf, withText } from '#channels/bounds';
import { defined, lines } from '#channels/fields';
import type { Content } from '#domain/message';
import { decorationOf, ENVELOPE_FIELDS } from './decoration.ts';
import { kindOf, MESSAGES } from './kinds.ts';
import { readQuotes } from './quotes.ts';
import type { TelegramMessage } from './schema.ts';
import { readParts } from './words.ts';

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
    ...defined({ raw: rawOf(unstored(message)) }),
  };
  const around = decorationOf(message, text);
  // The list shows the kind of what has no text. What stands around it must not hide that.
  const itself = text === '' && around !== '' ? `[${kind ?? type}]` : text;
  return withText(content, lines(itself, around));
}

/** The fields that are stored nowhere else. */
function unstored(message: TelegramMessage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([field]) => !STORED_WHOLE.has(field)));
}
