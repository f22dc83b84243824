import * as z from 'zod/mini';

const filled = z.string().check(z.minLength(1));

/** The environment variables of those names. Throws at start where one is missing, so that nothing runs half configured. */
export function readEnvironment<Name extends string>(...names: readonly Name[]): Record<Name, string> {
  const schema = z.object(Object.fromEntries(names.map((name) => [name, filled])));
  return schema.parse(process.env) as Record<Name, string>;
}
