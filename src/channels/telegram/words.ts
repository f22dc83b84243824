import { isObject, lines } from '#channels/fields';
import type { Content } from '#domain/message';
import { withEntities } from './entities.ts';
import { isThere, kindOf, MESSAGES } from './kinds.ts';
import type { TelegramMessage } from './schema.ts';

/** Takes each part of a message from the first field that fills it. Its text is the caption, and what the kind says. */
export function readParts(message: Readonly<Record<string, unknown>>): Partial<Content> {
  const there = MESSAGES.filter(({ field }) => isThere(message, field));
  const read = there.map((kind) => kind.read?.(message[kind.field], message as TelegramMessage, tell) ?? {});
  const { text, ...parts } = Object.assign({}, ...read.reverse()) as Partial<Content>;
  const said = lines(withEntities(message.caption, message.caption_entities), text);
  return { ...parts, ...(said && { text: said }) };
}

/** What a person reads in a message that another one holds, its kind if it has no text. */
function tell(message: unknown): string {
  if (!isObject(message)) return '';
  const { type, kind } = kindOf(message);
  return readParts(message).text ?? (type === 'unknown' ? '' : `[${kind ?? type}]`);
}
