import { RequestError } from '#http/errors';

const DEEPEST = 64;

/** An escape that may be half of a character. DynamoDB refuses halves, because a stored string is UTF-8. */
const HALF_ESCAPED = /\\u[dD][89a-fA-F]/;

/**
 * Parses JSON and replaces half characters. A byte order mark before it is skipped. Throws a `RequestError` 400 if the
 * bytes hold no JSON, or JSON that is nested deeper than 64.
 */
export function readJson(body: Uint8Array): unknown {
  const text = Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');
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

/** The depth of the brackets in a JSON text. It is found before parsing, so nothing deep is ever built. */
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
