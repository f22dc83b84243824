import type * as z from 'zod/mini';
import { readJson } from '#http/json';

/** The most faults that an answer tells. */
export const MOST_FAULTS = 100;

/** Makes the error for values that cannot be used, from the names of their fields. */
export type RefuseFields = (fields: readonly string[]) => Error;

/**
 * The body as the schema reads it. `null` counts as absent, because existing clients of the compatible API send it.
 * Throws the error that `refuse` makes from the names of the wrong fields, and a `RequestError` 400 if the body is not
 * JSON.
 */
export function readBody<S extends z.ZodMiniType>(schema: S, body: Uint8Array, refuse: RefuseFields): z.infer<S> {
  return readValues(schema, withoutNulls(named(readJson(body), refuse)), refuse);
}

/**
 * The same for a body in which those fields may be `null`, and mean something then. `name.*` are the entries of the field
 * `name`.
 */
export function readBodyWithNull<S extends z.ZodMiniType>(
  schema: S,
  body: Uint8Array,
  fields: readonly string[],
  refuse: RefuseFields,
): z.infer<S> {
  const values = named(readJson(body), refuse);
  return readValues(schema, isObject(values) ? withNulls(values, fields) : withoutNulls(values), refuse);
}

/** The values, unless a field of them is called `__proto__`: a schema would leave that entry of a record out without a word. */
function named(values: unknown, refuse: RefuseFields): unknown {
  const fields = protoFields(values, '');
  if (fields.length > 0) throw refuse(fields.slice(0, MOST_FAULTS));
  return values;
}

function protoFields(value: unknown, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '__proto__' ? [prefix + name] : protoFields(inner, `${prefix}${name}.`),
  );
}

/** The values without what is `null` elsewhere than in those fields. */
function withNulls(values: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === null) return fields.includes(name) ? [[name, null]] : [];
      const entries = fields.includes(`${name}.*`) && isObject(value) ? Object.keys(value) : [];
      return [[name, isObject(value) ? withNulls(value, entries) : withoutNulls(value)]];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values as the schema reads them. Throws the error that `refuse` makes from the names of the wrong ones. */
export function readValues<S extends z.ZodMiniType>(schema: S, values: unknown, refuse: RefuseFields): z.infer<S> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data as z.infer<S>;
  throw refuse(wrongFields(parsed.error));
}

/** The names of the fields that a schema refused, each once; at most a hundred. */
export function wrongFields({ issues }: z.core.$ZodError): string[] {
  const fields = new Set(issues.map(({ path }) => path.join('.')).filter((field) => field !== ''));
  return [...fields].slice(0, MOST_FAULTS);
}

/** The value without the fields that are `null`. The elements of an array keep their positions. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  );
}
