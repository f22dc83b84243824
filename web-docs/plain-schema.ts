/** A JSON schema, or any piece of the description. */
type Piece = unknown;
type Fields = Readonly<Record<string, Piece>>;

const SCALARS = new Set(['string', 'integer', 'number', 'boolean', 'null']);

/**
 * The description as people read it: a choice between simple types is one type of two names, and limits that only say
 * what a number can hold are left out. Of a shape or null, the shape is
 * shown, and its description says so.
 */
export function inPlainWords<T>(piece: T): T {
  return plain(piece) as T;
}

function plain(piece: Piece): Piece {
  if (Array.isArray(piece)) return piece.map(plain);
  if (typeof piece !== 'object' || piece === null) return piece;
  const fields = Object.fromEntries(
    Object.entries(piece)
      .filter(([, value]) => !(typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER))
      .map(([name, value]) => [name, plain(value)]),
  );
  return merged(fields) ?? withChoices(fields);
}

/** The values that a parameter may have go into its description: the viewer tells them of fields only. */
function withChoices(fields: Fields): Fields {
  const { in: place, schema, description } = fields;
  if (place === undefined || typeof schema !== 'object' || schema === null || !('enum' in schema)) return fields;
  if (!Array.isArray(schema.enum)) return fields;
  const choices = `One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  return { ...fields, description: description === undefined ? choices : `${description}. ${choices}` };
}

/** Undefined if the choice has to stay one: between several shapes, or types that have the same limit. */
function merged({ anyOf, ...rest }: Fields): Fields | undefined {
  if (!Array.isArray(anyOf)) return undefined;
  const shapes = anyOf.filter((one) => !isNull(one));
  if (shapes.length === 1 && anyOf.length > 1 && isShape(shapes[0])) return orNull({ ...shapes[0], ...rest });
  if (!anyOf.every(isScalar)) return undefined;
  const all = anyOf.flatMap(({ type, ...limits }) => Object.entries(limits));
  if (new Set(all.map(([name]) => name)).size < all.length) return undefined;
  const types = [...new Set(anyOf.map(({ type }) => type))];
  return { type: types.length === 1 ? types[0] : types, ...Object.fromEntries(all), ...rest };
}

function orNull({ description, ...shape }: Fields): Fields {
  return { ...shape, description: description === undefined ? 'Or null' : `${description}, or null` };
}

function isShape(one: Piece): one is Fields {
  return typeof one === 'object' && one !== null && ('$ref' in one || ('type' in one && one.type === 'object'));
}

function isNull(one: Piece): boolean {
  return isScalar(one) && one.type === 'null';
}

function isScalar(one: Piece): one is Fields & { readonly type: string } {
  return (
    typeof one === 'object' && one !== null && 'type' in one && typeof one.type === 'string' && SCALARS.has(one.type)
  );
}
