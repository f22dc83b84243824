import { findMarks, type Mark } from '#channels/marks';

/** "Text, up to 4000 characters": https://dev.max.ru/docs-api/methods/POST/messages */
export const MAX_TEXT = 4000;

/** A text as MAX takes it. Without `format` it shows the text as it is. */
export interface Formatted {
  readonly text: string;
  readonly format?: 'html';
}

/** https://dev.max.ru/docs-api/use-cases/sending-messages/text-formatting */
const TAGS: Readonly<Record<Mark['type'], string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  pre: 'pre',
};

/**
 * Turns the marks of a text into tags. MAX's Markdown has no way to write its own signs, so a text with an underscore
 * would change; HTML has. A text that would become too long with its tags is sent with its marks as they are.
 */
export function format(text: string): Formatted {
  const marks = findMarks(text);
  if (marks.length === 0) return { text };
  const tags = new Map<number, { readonly to: number; readonly tag: string }>();
  for (const { type, from, start, end, to } of marks) {
    tags.set(from, { to: start, tag: `<${TAGS[type]}>` });
    tags.set(end, { to, tag: `</${TAGS[type]}>` });
  }
  const places = [...tags.keys()].toSorted((one, other) => one - other);
  let at = 0;
  let html = '';
  for (const place of places) {
    const { to, tag } = tags.get(place) as { to: number; tag: string };
    html += escaped(text.slice(at, place)) + tag;
    at = to;
  }
  html += escaped(text.slice(at));
  return html.length > MAX_TEXT ? { text } : { text: html, format: 'html' };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
