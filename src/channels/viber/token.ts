/**
 * The number that stands behind a name in the outermost object of a JSON text, in all of its digits: `JSON.parse` rounds
 * numbers beyond 2^53, and Viber's tokens of messages have 64 bits. Also one that is written as text. Undefined if there is
 * none, or the text is no object. Of several the last counts, as it does in `JSON.parse`. Never throws.
 */
export function numberIn(text: string, name: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    if (part === '{' || part === '[') depth += 1;
    else if (part === '}' || part === ']') depth -= 1;
    else if (depth === 1 && part.startsWith('"')) {
      const [, value] = VALUE.exec(text.slice(index + part.length, index + part.length + MOST_READ)) ?? [];
      if (value !== undefined && textOf(part) === name) found = digitsOf(value);
    }
  }
  return found;
}

/** Strings, with whatever is escaped in them, and the signs that open and close. */
const PARTS = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs;
/** What stands behind a string that is a name. */
const VALUE = /^\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}\]]+)/s;
/** A number of 64 bits has 20 digits. */
const MOST_READ = 128;

function textOf(literal: string): unknown {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}

function digitsOf(value: string): string | undefined {
  const digits = value.replace(/^"(.*)"$/s, '$1');
  return /^\d{1,20}$/.test(digits) ? digits : undefined;
}
