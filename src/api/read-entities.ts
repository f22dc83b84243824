import type * as z from 'zod/mini';
import { RequestError } from '#http/errors';
import { readJson } from '#http/json';
import { withoutNulls, wrongFields } from '#http/read-body';

/** A kind of entity that a CRM sends in arrays, and the error for an array that cannot be used. */
export interface EntityKind<S extends z.ZodMiniType> {
  readonly schema: S;
  readonly code: string;
  readonly description: string;
  /** The most that one array may hold; without it, any number. */
  readonly most?: number;
}

interface Wrong {
  readonly index: number;
  readonly fields: readonly string[];
}

/**
 * The entities of an array, each as the schema reads it; `idOf` tells them apart. An entity that cannot be used, or an
 * id that is there twice, refuses the whole array: a `RequestError` 400 with the places and fields of all that are
 * wrong.
 */
export function readEntities<S extends z.ZodMiniType>(
  kind: EntityKind<S>,
  body: Uint8Array,
  idOf: (entity: z.infer<S>) => string,
): z.infer<S>[] {
  const { schema, code, description, most } = kind;
  const values = body.length === 0 ? undefined : withoutNulls(readJson(body));
  if (!Array.isArray(values)) throw new RequestError(400, code, description, []);
  if (most !== undefined && values.length > most) {
    const data = { count: values.length, limit: most };
    throw new RequestError(400, 'TOO_MANY_ENTITIES', 'Too many entities per request.', data);
  }
  const wrong: Wrong[] = [];
  const entities = new Map<string, z.infer<S>>();
  for (const [index, value] of values.entries()) {
    const parsed = schema.safeParse(value);
    const id = parsed.success ? idOf(parsed.data as z.infer<S>) : undefined;
    if (id === undefined) wrong.push({ index, fields: fieldsOf(parsed.error) });
    else if (entities.has(id)) wrong.push({ index, fields: ['id'] });
    else entities.set(id, parsed.data as z.infer<S>);
  }
  if (wrong.length > 0) throw new RequestError(400, code, description, wrong);
  return [...entities.values()];
}

/** The fields that are wrong. A value that is no object lacks its `id`. */
function fieldsOf(error: z.core.$ZodError | undefined): string[] {
  const fields = error ? wrongFields(error) : [];
  return fields.length > 0 ? fields : ['id'];
}
