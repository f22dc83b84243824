import { languages, Token, tokenize } from 'prismjs';
import 'prismjs/components/prism-bash.js';
import 'prismjs/components/prism-json.js';
import 'prismjs/components/prism-python.js';
import 'prismjs/components/prism-typescript.js';

/** The code with its words in colour. In a language that is not known it stays as it is. */
export function coloured(text: string, language: string): Node[] {
  const grammar = languages[language];
  return grammar ? tokenize(text, grammar).map(nodeOf) : [new Text(text)];
}

function nodeOf(token: string | Token): Node {
  if (typeof token === 'string') return new Text(token);
  const span = document.createElement('span');
  span.className = `token-${token.type}`;
  const { content } = token;
  const inner = typeof content === 'string' || content instanceof Token ? [content] : content;
  span.append(...inner.map(nodeOf));
  return span;
}
