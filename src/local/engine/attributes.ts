/** A value in the wire form of DynamoDB, such as `{ S: 'text' }`. */
type Attribute = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, unknown>>;

/**
 * The item in the wire form. Fields that are `undefined` are left out. Throws for what the store never writes, such as
 * bytes.
 */
export function marshalled(item: Item): Record<string, Attribute> {
  const attributes: Record<string, Attribute> = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) attributes[name] = toAttribute(value);
  }
  return attributes;
}

function toAttribute(value: unknown): Attribute {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: toNumber(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((one) => one !== undefined).map(toAttribute) };
  if (value instanceof Set) return toSet([...value]);
  if (typeof value === 'object' && isPlain(value)) return { M: marshalled(value as Item) };
  throw new TypeError(`A value of the type ${typeof value} cannot be stored`);
}

function toNumber(value: number): string {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw new RangeError(`The number ${value} cannot be stored as it is`);
}

function toSet(values: readonly unknown[]): Attribute {
  if (values.length > 0 && values.every((value) => typeof value === 'string')) return { SS: values };
  if (values.length > 0 && values.every((value) => typeof value === 'number')) return { NS: values.map(toNumber) };
  throw new TypeError('A set that is stored has texts or numbers, and is not empty');
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The item as plain values. */
export function unmarshalled(attributes: Item): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const name in attributes) item[name] = toValue(attributes[name] as Attribute);
  return item;
}

function toValue(attribute: Attribute): unknown {
  for (const type in attribute) {
    const value = attribute[type];
    switch (type) {
      case 'S':
      case 'BOOL':
        return value;
      case 'N':
        return Number(value);
      case 'M':
        return unmarshalled(value as Item);
      case 'L':
        return (value as Attribute[]).map(toValue);
      case 'NULL':
        return null;
      case 'SS':
        return new Set(value as string[]);
      case 'NS':
        return new Set((value as string[]).map(Number));
      default:
        throw new TypeError(`The store never writes a value of the type ${type}`);
    }
  }
  throw new TypeError('A value without a type was read');
}
