/** The longest emoji have less than 40 units. A longer grapheme is a letter under a heap of marks. */
const LONGEST_GRAPHEME = 64;

/**
 * The beginning of the text, at most `length` UTF-16 units of it, without half an emoji or a letter without its marks at
 * the end (graphemes: https://unicode.org/reports/tr29). Only a grapheme that is longer than any emoji, or from which
 * nothing would be left, loses marks. Half a character that the sender left is replaced: a stored string is UTF-8.
 */
export function cut(text: string, length: number): string {
  return (text.length > length ? text.slice(0, endOf(text, length)) : text).toWellFormed();
}

/** The last place up to `length` at which the text can be cut. */
function endOf(text: string, length: number): number {
  // The rules of Unicode look at most one character ahead, and that has two units.
  const start =
    graphemes()
      .segment(text.slice(0, length + 2))
      .containing(length)?.index ?? length;
  if (start > 0 && length - start <= LONGEST_GRAPHEME) return start;
  const isInside = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(length - 1, length + 1));
  return isInside ? length - 1 : length;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when the first text has to be cut, because most runs cut none. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
