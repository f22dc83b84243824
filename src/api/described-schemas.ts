import * as z from 'zod/mini';

/** A named schema of the description, and what its fields mean as far as their names do not say it. */
export interface Component {
  readonly schema: z.ZodMiniType;
  readonly description: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A JSON Schema (2020-12), as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns the schemas of handlers into those of the description. */
export interface DescribedSchemas {
  /** The schema of what is sent (`input`) or answered (`output`). Named ones in it are references. */
  of(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema;
  /** Names a schema that no handler reads with, and refers to it. Throws if another one has the name. */
  add(name: string, schema: JsonSchema): JsonSchema;
  /** The named schemas that were referred to so far, by their names. */
  named(): Readonly<Record<string, JsonSchema>>;
}

const REF = '#/components/schemas/';

/**
 * Knows the names of `components`, and what `written` says in the place of a schema. Its registry is made here, so that
 * no function pays for it that only reads by these schemas.
 */
export function createDescribedSchemas(
  components: Readonly<Record<string, Component>>,
  written: ReadonlyMap<z.ZodMiniType, JsonSchema>,
): DescribedSchemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, { schema }] of Object.entries(components)) registry.add(schema, { id });
  const found = new Map<string, JsonSchema>();

  function keep(name: string, schema: JsonSchema): void {
    const { description, fields } = components[name]!;
    const kept = withDescriptions(schema, description, fields);
    const before = found.get(name);
    if (before && JSON.stringify(before) !== JSON.stringify(kept)) {
      throw new Error(`${name} is one schema when it is sent, and another when it is answered: name each`);
    }
    found.set(name, kept);
  }

  function convert(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _dialect,
      $defs = {},
      ...converted
    } = z.toJSONSchema(schema, {
      io,
      metadata: registry,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const words = written.get(zodSchema as unknown as z.ZodMiniType);
        replace(jsonSchema, words ?? plain(jsonSchema));
      },
    });
    for (const [name, inner] of Object.entries($defs)) keep(name, referring(inner) as JsonSchema);
    return referring(converted) as JsonSchema;
  }

  // What stands for a schema may name others.
  for (const name of namesIn([...written.values()])) convert(components[name]!.schema, 'input');

  function add(name: string, schema: JsonSchema): JsonSchema {
    const before = found.get(name);
    if (components[name] || (before && JSON.stringify(before) !== JSON.stringify(schema)))
      throw new Error(`Two schemas are called ${name}`);
    found.set(name, schema);
    return refTo(name);
  }

  return {
    of: convert,
    add,
    named: () => Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** A reference to a named schema. */
export function refTo(name: string): JsonSchema {
  return { $ref: `${REF}${name}` };
}

function namesIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
}

/**
 * The schema without what only zod means by it: to a description `readOnly` says that nobody may send it. The objects of answers are open, because later versions add fields. An id
 * that is sent as a number is taken too, but nobody should send one. Generators make a field with a default needed, so
 * defaults are told in words.
 */
function plain(schema: JsonSchema): JsonSchema {
  const {
    additionalProperties,
    propertyNames: _names,
    id: _id,
    default: _default,
    readOnly: _readOnly,
    ...rest
  } = schema;
  const { anyOf } = rest as { anyOf?: readonly JsonSchema[] };
  if (anyOf?.length === 2 && anyOf[0]!.type === 'string' && ['integer', 'number'].includes(String(anyOf[1]!.type))) {
    return anyOf[0]!;
  }
  const { prefixItems } = rest as { prefixItems?: readonly JsonSchema[] };
  // Generators know no tuples. The items of ours are alike.
  if (prefixItems) {
    const { length } = prefixItems;
    return { type: 'array', items: prefixItems[0], minItems: length, maxItems: length };
  }
  const { minimum, maximum } = rest as { minimum?: number; maximum?: number };
  if (minimum === Number.MIN_SAFE_INTEGER) delete (rest as { minimum?: number }).minimum;
  if (maximum === Number.MAX_SAFE_INTEGER) delete (rest as { maximum?: number }).maximum;
  return { ...rest, ...(typeof additionalProperties === 'object' && { additionalProperties }) };
}

function replace(schema: object, by: JsonSchema): void {
  for (const name of Object.keys(schema)) delete (schema as Record<string, unknown>)[name];
  Object.assign(schema, by);
}

/** The schema with references to the components of the description. */
function referring(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(referring);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) =>
      name === '$ref' && typeof value === 'string' ? [name, value.replace('#/$defs/', REF)] : [name, referring(value)],
    ),
  );
}

function withDescriptions(
  schema: JsonSchema,
  description: string,
  fields: Readonly<Record<string, string>> = {},
): JsonSchema {
  const { properties } = schema as { properties?: Readonly<Record<string, JsonSchema>> };
  if (!properties) return { description, ...schema };
  const described = Object.entries(properties).map(([name, property]) => {
    const meaning = fields[name];
    return [name, meaning === undefined ? property : { ...property, description: meaning }];
  });
  return { description, ...schema, properties: Object.fromEntries(described) };
}
