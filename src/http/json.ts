import { RequestError } from '#http/errors';

const DEEPEST = 64;

/** An escape that may be half of a character, which no table takes: a stored string is UTF-8. */
const HALF_ESCAPED = /\\u[dD][89a-fA-F]/;

/**
 * The JSON in those bytes, half characters replaced. Throws a `RequestError` 400 where they hold none, or one nested
 * deeper than 64.
 */
export function readJson(body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8');
  if (depthOf(text) > DEEPEST) {
    throw new RequestError(400, 'INVALID_JSON', `The body is nested deeper than ${DEEPEST}`);
  }
  try {
    return HALF_ESCAPED.test(text) ? JSON.parse(text, whole) : JSON.parse(text);
  } catch {
    throw new RequestError(400, 'INVALID_JSON', 'The body is not JSON');
  }
}

function whole(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** How deep the brackets of a JSON text go: found before parsing, so that nothing deep is ever built. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}
