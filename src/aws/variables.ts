import * as z from 'zod/mini';

const filled = z.string().check(z.minLength(1));

/**
 * Reads the environment variables of those names. Throws if one is missing or empty, so no function starts half
 * configured.
 */
export function readVariables<Name extends string>(...names: readonly Name[]): Record<Name, string> {
  const schema = z.object(Object.fromEntries(names.map((name) => [name, filled])));
  return schema.parse(process.env) as Record<Name, string>;
}
