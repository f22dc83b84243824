/** Any piece of the description. */
type Piece = unknown;
type Fields = Readonly<Record<string, Piece>>;

/**
 * The description as people read it. A simple type or null is one type of two names. Of a shape or null, the shape is
 * shown, and its description says so.
 */
export function inPlainWords<T>(piece: T): T {
  return plain(piece) as T;
}

function plain(piece: Piece): Piece {
  if (Array.isArray(piece)) return piece.map(plain);
  if (!areFields(piece)) return piece;
  const fields = Object.fromEntries(Object.entries(piece).map(([name, value]) => [name, plain(value)]));
  return orNull(fields) ?? withChoices(fields);
}

/** The values that a parameter may have go into its description: the viewer tells them of fields only. */
function withChoices(fields: Fields): Fields {
  const { in: place, schema, description } = fields;
  if (place === undefined || !areFields(schema) || !Array.isArray(schema.enum)) return fields;
  const choices = `One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  return { ...fields, description: description === undefined ? choices : `${description}. ${choices}` };
}

/** Undefined if it is no choice between null and one other. */
function orNull({ anyOf, ...rest }: Fields): Fields | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined;
  const [one, another] = anyOf.filter(areFields).filter(({ type }) => type !== 'null');
  if (one === undefined || another !== undefined) return undefined;
  const { type, description } = { ...one, ...rest };
  if (typeof type === 'string' && type !== 'object') return { ...one, ...rest, type: [type, 'null'] };
  return { ...one, ...rest, description: description === undefined ? 'Or null' : `${description}, or null` };
}

function areFields(piece: Piece): piece is Fields {
  return typeof piece === 'object' && piece !== null;
}
