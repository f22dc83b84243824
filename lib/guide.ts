import { marked, Renderer, type Token } from 'marked';

/** The guide as HTML, and its headings in order. */
export interface Guide {
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly title: string; readonly level: number }[];
}

const LABELS: Readonly<Record<string, string>> = {
  bash: 'Shell',
  typescript: 'TypeScript',
  python: 'Python',
  json: 'JSON',
  text: 'Text',
};

/**
 * The guide, made from Markdown. Blocks of code that follow each other in several languages say the same, and become one
 * group. A page of the repository is named and not linked, because it is not served. Throws if a language has no label.
 */
export function guideOf(markdown: string): Guide {
  const headings: { id: string; title: string; level: number }[] = [];
  let isSample = false;
  const renderer = new Renderer();
  renderer.heading = (html, level, raw) => {
    const id = raw
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '');
    headings.push({ id, title: raw, level });
    return `<h${level} id="${id}" tabindex="-1">${html}</h${level}>\n`;
  };
  renderer.code = (code, language = 'text') =>
    figureOf(code, language, isSample && language === 'bash' ? 'curl' : labelOf(language));
  renderer.link = (href, _title, html) =>
    href.startsWith('#') ? `<a href="${escaped(href)}">${html}</a>` : `${html} (<code>docs/${escaped(href)}</code>)`;
  renderer.table = (header, body) =>
    `<div class="table" tabindex="0" role="group" aria-label="Table"><table><thead>${header}</thead><tbody>${body}</tbody></table></div>\n`;

  const html = groupsOf(marked.lexer(markdown)).map((group) => {
    isSample = group.length > 1;
    const rendered = marked.parser(group, { renderer, mangle: false, headerIds: false });
    return isSample ? `<div class="samples">\n${rendered}</div>\n` : rendered;
  });
  return { html: html.join(''), headings };
}

/** Tokens one by one, but blocks of code that follow each other together, as long as none is in the language of another. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens.filter(({ type }) => type !== 'space')) {
    const last = groups.at(-1) ?? [];
    const isMore = last.at(-1)?.type === 'code' && last.every(({ lang }) => lang !== token.lang);
    if (token.type === 'code' && isMore) last.push(token);
    else groups.push([token]);
  }
  return groups;
}

function figureOf(code: string, language: string, label: string): string {
  const pre = `<pre tabindex="0" role="group" aria-label="${label}"><code>${escaped(code)}</code></pre>`;
  return `<figure class="code" data-language="${language}" data-label="${label}">${pre}</figure>\n`;
}

function labelOf(language: string): string {
  const label = LABELS[language];
  if (label === undefined) throw new Error(`The guide has code in a language without a label: ${language}`);
  return label;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
