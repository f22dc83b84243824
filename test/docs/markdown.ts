const FENCED = /^ *```[\s\S]*?^ *```/gm;
const BLOCK = /^ *```(\w*)\n([\s\S]*?)^ *```/gm;
const INLINE_CODE = /`[^`\n]*`/g;
const LINK = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/gm;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/gm;

/** The targets of a page's links. Code holds no links. */
export function linksOf(markdown: string): string[] {
  const text = markdown.replaceAll(FENCED, '').replaceAll(INLINE_CODE, 'code');
  return [LINK, REFERENCE].flatMap((pattern) => [...text.matchAll(pattern)].map(([, target = '']) => target));
}

/** A fenced block of code. */
interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The blocks of code of a page, in order. */
export function codeBlocksOf(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(BLOCK)].map(([, language = '', code = '']) => ({ language, code: code.trim() }));
}

/** The texts in backticks on a page, without its blocks of code. */
export function inlineCodeOf(markdown: string): string[] {
  return [...markdown.replaceAll(FENCED, '').matchAll(INLINE_CODE)].map(([code]) => code.slice(1, -1));
}

/** The anchors that GitHub gives to a page's headings. A repeated one gets a number. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.replaceAll(FENCED, '').matchAll(HEADING)) {
    const anchor = anchorOf(heading);
    let free = anchor;
    for (let times = 1; anchors.has(free); times += 1) free = `${anchor}-${times}`;
    anchors.add(free);
  }
  return anchors;
}

function anchorOf(heading: string): string {
  const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return shown
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}
