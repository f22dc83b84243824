import type * as z from 'zod/mini';
import type { ErrorCode } from '#http/error-codes';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { MOST_FAULTS, withoutNulls, wrongFields } from '#http/read-body';

/** A kind of entity that a CRM sends in arrays, and the error for an array that cannot be used. */
export interface EntityKind<S extends z.ZodMiniType> {
  readonly schema: S;
  readonly code: ErrorCode;
  readonly description: string;
  /** The most that one array may hold. */
  readonly most: number;
}

interface Wrong {
  readonly index: number;
  readonly fields: readonly string[];
}

/**
 * The entities of an array, each as the schema reads it; `idOf` tells them apart. An entity that cannot be used, or an
 * id that is there twice, refuses the whole array: a `RequestError` 400 with the places and fields that are wrong. After
 * a hundred faults it reads no further.
 */
export function readEntities<S extends z.ZodMiniType>(
  kind: EntityKind<S>,
  body: Uint8Array,
  idOf: (entity: z.infer<S>) => string,
): z.infer<S>[] {
  const { schema, code, description, most } = kind;
  const values = body.length === 0 ? undefined : readJson(body);
  if (!Array.isArray(values)) throw new RequestError(400, code, description, []);
  if (values.length > most) {
    const data = { count: values.length, limit: most };
    throw new RequestError(400, 'TOO_MANY_ENTITIES', 'Too many entities per request.', data);
  }
  const wrong: Wrong[] = [];
  const entities = new Map<string, z.infer<S>>();
  let left = MOST_FAULTS;
  for (const [index, value] of values.entries()) {
    const parsed = schema.safeParse(withoutNulls(value));
    const id = parsed.success ? idOf(parsed.data as z.infer<S>) : undefined;
    if (id !== undefined && !entities.has(id)) entities.set(id, parsed.data as z.infer<S>);
    else {
      const fields = fieldsOf(parsed.error).slice(0, left);
      wrong.push({ index, fields });
      left -= fields.length;
    }
    if (left === 0) break;
  }
  if (wrong.length > 0) throw new RequestError(400, code, description, wrong);
  return [...entities.values()];
}

/** The fields that are wrong. It is the `id` of a value that is no object, and of one with the id of another. */
function fieldsOf(error: z.core.$ZodError | undefined): string[] {
  const fields = error ? wrongFields(error) : [];
  return fields.length > 0 ? fields : ['id'];
}
