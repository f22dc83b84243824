import { RequestError } from '#http/errors';

const DEEPEST = 64;
/** No client needs as many. Millions of them, packed into a few KB, would block a process for seconds. */
const MOST_VALUES = 100_000;

/** An escape that may be half of a character. DynamoDB refuses halves, because a stored string is UTF-8. */
const HALF_ESCAPED = /\\u[dD][89a-fA-F]/;

/**
 * Parses JSON and replaces half characters. A byte order mark before it is skipped. Throws a `RequestError` 400 if the
 * bytes hold no JSON, or JSON that is nested deeper than 64 or has more than `mostValues` values.
 */
export function readJson(body: Uint8Array, mostValues = MOST_VALUES): unknown {
  const text = Buffer.from(body)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const { depth, values } = sizeOf(text);
  if (depth > DEEPEST) throw invalidJson(`The body is nested deeper than ${DEEPEST}`);
  if (values > mostValues) throw invalidJson(`The body has more than ${mostValues} values`);
  try {
    return HALF_ESCAPED.test(text) ? JSON.parse(text, whole) : JSON.parse(text);
  } catch {
    throw invalidJson('The body is not JSON');
  }
}

function invalidJson(description: string): RequestError {
  return new RequestError(400, 'INVALID_JSON', description);
}

function whole(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/**
 * The depth of the brackets in a JSON text, and the number of its values: there are at most as many as brackets that
 * open, commas and one. Both are found before parsing, so nothing deep or large is ever built.
 */
function sizeOf(text: string): { depth: number; values: number } {
  let depth = 0;
  let deepest = 0;
  let values = 1;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      values += 1;
      if (depth > deepest) deepest = depth;
    } else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',') values += 1;
  }
  return { depth: deepest, values };
}
