/** A piece of a text. With `href` it is a link. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/**
 * What may begin a link. Nothing else becomes one, so that no text of a client runs anything. A mark that turns the
 * direction ends it: behind it an address could be read backwards, and seem to lead elsewhere.
 */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\p{Bidi_Control}]+/giu;
const MAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/giu;
/** A number in its international form, or in the Russian one. Other digits are prices and order numbers. */
const PHONE = /(?<![\p{L}\p{N}+./-])(?:\+\d|8(?=[\s(-]?\(?\d{3}))(?:[\s()-]{0,2}\d){9,14}(?![\p{L}\p{N}])/gu;

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The pieces of a text, with addresses, mail addresses and phone numbers as links. Joined they are the text. */
export function linkify(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const link of linksOf(text)) {
    if (link.at < from) continue;
    if (link.at > from) pieces.push({ text: text.slice(from, link.at) });
    pieces.push({ text: link.text, href: link.href });
    from = link.at + link.text.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The address if it may be a link (http, https, mailto, tel); undefined for every other scheme. */
export function safeHref(address: string): string | undefined {
  const url = URL.parse(address);
  return url && SCHEMES.has(url.protocol) ? url.href : undefined;
}

interface Found {
  readonly at: number;
  readonly text: string;
  readonly href: string;
}

function linksOf(text: string): readonly Found[] {
  const found = [
    ...matches(text, ADDRESS, (address) => (/^www\./i.test(address) ? `https://${address}` : address)),
    ...matches(text, MAIL, (address) => `mailto:${address}`),
    ...matches(text, PHONE, (number) => `tel:${number.replaceAll(/[^\d+]/g, '')}`),
  ];
  // Of two that begin alike the longer one holds the other.
  return found.sort((a, b) => a.at - b.at || b.text.length - a.text.length);
}

function matches(text: string, pattern: RegExp, hrefOf: (match: string) => string): readonly Found[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = withoutEnd(match[0]);
    const href = safeHref(hrefOf(found));
    return href === undefined ? [] : [{ at: match.index, text: found, href }];
  });
}

/** Without the mark that ends the sentence, and without a bracket that was opened before the link. */
function withoutEnd(link: string): string {
  // Counted once: a text of nothing but brackets must not stop the page.
  let unopened = count(link, ')') - count(link, '(');
  let end = link.length;
  for (; end > 0; end -= 1) {
    const last = link[end - 1] as string;
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!'.,;:!?…»”’]}*_'.includes(last)) break;
  }
  return link.slice(0, end);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
