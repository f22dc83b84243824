/** Deeper nesting is none of VK's: https://github.com/negezor/vk-io/issues/358 shows payloads within payloads. */
const MAX_DEPTH = 200;
/** No text that is looked for is longer. */
const MAX_TOKEN = 400;

const [QUOTE, BACKSLASH, OPEN, CLOSE, COMMA, COLON] = ['"', '\\', '{', '}', ',', ':'] as const;

/**
 * The values of these names at the top level of a JSON object, as texts of JSON: `"abc"`, `12`. Looks at nothing else and
 * builds nothing, so a body of a stranger costs one pass over it. Undefined if the text is no such object, is nested too
 * deep, or says one of the names twice.
 */
export function topLevel<Name extends string>(
  text: string,
  names: readonly Name[],
): { readonly [N in Name]?: string } | undefined {
  const found: { [N in Name]?: string } = {};
  let at = afterSpaces(text, 0);
  if (text[at] !== OPEN) return undefined;
  at = afterSpaces(text, at + 1);
  if (text[at] === CLOSE) return isEnd(text, at + 1) ? found : undefined;
  for (;;) {
    const keyEnd = endOfText(text, at);
    if (keyEnd === undefined) return undefined;
    const key = names.find((name) => name === textOf(text.slice(at, keyEnd)));
    at = afterSpaces(text, keyEnd);
    if (text[at] !== COLON) return undefined;
    at = afterSpaces(text, at + 1);
    const valueEnd = endOfValue(text, at);
    if (valueEnd === undefined) return undefined;
    if (key !== undefined) {
      if (found[key] !== undefined) return undefined;
      found[key] = text.slice(at, valueEnd).trim();
    }
    at = afterSpaces(text, valueEnd);
    if (text[at] === CLOSE) return isEnd(text, at + 1) ? found : undefined;
    if (text[at] !== COMMA) return undefined;
    at = afterSpaces(text, at + 1);
  }
}

/** The text that a text of JSON stands for. Undefined for anything else, and for what is longer than any secret. */
export function textOf(json: string | undefined): string | undefined {
  if (json === undefined || json.length > MAX_TOKEN || !json.startsWith(QUOTE)) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function afterSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

function isEnd(text: string, from: number): boolean {
  return afterSpaces(text, from) === text.length;
}

/** The place behind a text that begins there. Undefined if none begins there, or if it does not end. */
function endOfText(text: string, from: number): number | undefined {
  if (text[from] !== QUOTE) return undefined;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at + 1;
  }
  return undefined;
}

/** The place behind a value that begins there: of an object or a list, behind the bracket that closes it. */
function endOfValue(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === QUOTE) {
      const end = endOfText(text, at);
      if (end === undefined) return undefined;
      if (depth === 0) return end;
      at = end - 1;
    } else if (sign === OPEN || sign === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return undefined;
    } else if (sign === CLOSE || sign === ']') {
      if (depth === 0) return at > from ? at : undefined;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (sign === COMMA && depth === 0) return at > from ? at : undefined;
  }
  return undefined;
}
