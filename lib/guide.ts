import { marked, Renderer, type Token } from 'marked';

/** The guide as HTML, and its headings in order. */
export interface Guide {
  readonly html: string;
  readonly headings: readonly { readonly id: string; readonly title: string; readonly level: number }[];
}

const LABELS: Readonly<Record<string, string>> = {
  bash: 'curl',
  typescript: 'TypeScript',
  python: 'Python',
  json: 'JSON',
  text: 'Text',
};

/**
 * The guide, made from Markdown. Blocks of code that follow each other say the same in several languages, and become one
 * group. A page of the repository is named and not linked, because it is not served. Throws if a language has no label.
 */
export function guideOf(markdown: string): Guide {
  const headings: { id: string; title: string; level: number }[] = [];
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
    `<figure class="code" data-language="${language}" data-label="${labelOf(language)}"><pre tabindex="0" role="region" aria-label="${labelOf(language)}"><code>${escaped(code)}</code></pre></figure>\n`;
  renderer.link = (href, _title, html) =>
    href.startsWith('#') ? `<a href="${escaped(href)}">${html}</a>` : `${html} (<code>docs/${escaped(href)}</code>)`;
  renderer.table = (header, body) =>
    `<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead>${header}</thead><tbody>${body}</tbody></table></div>\n`;

  const render = (tokens: readonly Token[]) => marked.parser(tokens, { renderer, mangle: false, headerIds: false });
  const html = groupsOf(marked.lexer(markdown)).map((group) =>
    group.length > 1 ? `<div class="samples">\n${render(group)}</div>\n` : render(group),
  );
  return { html: html.join(''), headings };
}

/** Tokens one by one, but blocks of code that follow each other together. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens.filter(({ type }) => type !== 'space')) {
    const last = groups.at(-1);
    if (token.type === 'code' && last?.at(-1)?.type === 'code') last.push(token);
    else groups.push([token]);
  }
  return groups;
}

function labelOf(language: string): string {
  const label = LABELS[language];
  if (label === undefined) throw new Error(`The guide has code in a language without a label: ${language}`);
  return label;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
