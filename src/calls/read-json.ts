import { readUpTo } from './read-up-to.ts';

/** The JSON of an answer's body. Undefined if it is none, or longer than `maxBytes`. Throws as reading a body does. */
export async function readJson(response: Response, maxBytes: number): Promise<unknown> {
  const bytes = await readUpTo(response, maxBytes);
  if (!bytes) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
