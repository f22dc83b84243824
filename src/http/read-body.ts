import type * as z from 'zod/mini';
import { readJson } from '#http/json';

/** Makes the error for values that cannot be used, from the names of their fields. */
export type RefuseFields = (fields: readonly string[]) => Error;

/**
 * The body as the schema reads it. `null` counts as absent, as existing clients of the compatible API send it. Throws
 * what `refuse` makes of the names of the wrong fields; a body that is no JSON is the caller's error 400 as well.
 */
export function readBody<S extends z.ZodMiniType>(schema: S, body: Uint8Array, refuse: RefuseFields): z.infer<S> {
  return readValues(schema, withoutNulls(readJson(body)), refuse);
}

/** The values as the schema reads them; throws what `refuse` makes of the names of the wrong ones. */
export function readValues<S extends z.ZodMiniType>(schema: S, values: unknown, refuse: RefuseFields): z.infer<S> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data as z.infer<S>;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).filter((field) => field !== '');
  throw refuse([...new Set(fields)]);
}

function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  );
}
