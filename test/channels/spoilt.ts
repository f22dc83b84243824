import { UnreadableWebhookError } from '#channels/errors';

/**
 * Values that JSON may hold, and that break code which turns what it was given into a text or a number: JavaScript would
 * call methods that are none.
 */
export const UNSPEAKABLE: readonly unknown[] = [{ toString: false, valueOf: false }, [{ toString: 'x', valueOf: 1 }]];

/** Longer bodies are tests of size. */
const LONGEST = 3_000;

/** The keys that lead to each value in a body, what is outside first. */
export function* placesIn(body: unknown): Generator<readonly string[]> {
  const left: { value: unknown; place: readonly string[] }[] = [{ value: body, place: [] }];
  for (const { value, place } of left) {
    if (place.length > 0) yield place;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) left.push({ value: inner, place: [...place, key] });
  }
}

/** A copy of the body with another value in that place. */
export function withAt(body: unknown, place: readonly string[], value: unknown): unknown {
  const copy = structuredClone(body);
  let inner = copy as Record<string, unknown>;
  for (const key of place.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[place.at(-1)!] = value;
  return copy;
}

/** Fails if reading throws anything but an UnreadableWebhookError. */
export function readsOrRefuses(parse: (body: unknown) => unknown, body: unknown): void {
  try {
    parse(body);
  } catch (error) {
    if (!(error instanceof UnreadableWebhookError))
      throw new Error(`Thrown over ${JSON.stringify(body)}`, { cause: error });
  }
}

/** Reads the body with an unspeakable value in each of its places. */
export function readSpoilt(parse: (body: unknown) => unknown, body: unknown): void {
  if (JSON.stringify(body)?.length > LONGEST) return;
  for (const place of placesIn(body)) {
    for (const value of UNSPEAKABLE) readsOrRefuses(parse, withAt(body, place, value));
  }
}
