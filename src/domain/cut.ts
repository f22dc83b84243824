/** The longest emoji have less than 40 units. A longer grapheme is a letter under a heap of marks. */
const LONGEST_GRAPHEME = 64;

/**
 * Two Latin or Cyrillic letters, digits or signs: a grapheme never holds both, so no segmenter is needed. Its first use
 * takes 30 ms and more.
 */
const IS_BETWEEN_LETTERS = /^[ -~\u00a0-\u02ff\u0400-\u0482\u048a-\u052f]{2}$/;

/**
 * The beginning of the text, at most `length` UTF-16 units of it, without half an emoji or a letter without its marks
 * at the end (graphemes: https://unicode.org/reports/tr29). Only a grapheme that is longer than any emoji, or from which
 * nothing would be left, loses marks. Half a character that the sender left is replaced: a stored string is UTF-8.
 */
export function cut(text: string, length: number): string {
  return (text.length > length ? text.slice(0, endOf(text, length)) : text).toWellFormed();
}

/** The last place up to `length` at which the text can be cut. */
function endOf(text: string, length: number): number {
  const beside = text.slice(Math.max(0, length - 1), length + 1);
  if (IS_BETWEEN_LETTERS.test(beside)) return length;
  // The rules of Unicode look at most one character ahead, and that has two units.
  const start =
    graphemes()
      .segment(text.slice(0, length + 2))
      .containing(length)?.index ?? length;
  if (start > 0 && length - start <= LONGEST_GRAPHEME) return start;
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(beside) ? length - 1 : length;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when the first text needs it, because most runs have none. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
