// The longest list of a message is that of the 500 blocks of a rich message at Telegram.
const MAX_ITEMS = 2_000;

type KeyOf<T> = T extends unknown ? keyof T : never;

/**
 * A value that should be a `T` of the messenger's published API. Only the names of its fields are believed, never what is in
 * them. Code that takes it apart and ends in `rest satisfies NoFields` does not compile if it leaves out a field of `T`.
 */
export type Claimed<T> = { readonly [K in KeyOf<T>]?: unknown };

/**
 * `Claimed<T>` if `Field` names all fields of `T`, else `never`. It notices a new field of a `T` that several functions
 * take apart.
 */
export type Named<T, Field extends KeyOf<T>> = [KeyOf<T>] extends [Field] ? Claimed<T> : never;

/** The fields of an object, none of anything else. */
export function fieldsOf<T>(value: unknown): Claimed<T> {
  return isObject(value) ? (value as Claimed<T>) : {};
}

/** Whether the value is an object and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string, an empty one for anything else. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * The string, or a number as it is written; an empty one for anything else. `String` would call the methods of an object,
 * and JSON may say `{"toString": false}`.
 */
export function writtenOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : stringOf(value);
}

/** The whole number, if it is one and every digit of it is known. */
export function wholeOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** The items of a list in a message, none of anything else. What is beyond all that messengers send is not read. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];
}

/** The row of a table that a value names. */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, key: unknown): Row | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

type Texts = readonly (string | undefined | readonly (string | undefined)[])[];

/** What there is of the texts and lists of texts, one line for each. */
export function lines(...texts: Texts): string {
  return joined('\n', texts);
}

/** The same on one line, with commas between them. */
export function listed(...texts: Texts): string {
  return joined(', ', texts);
}

/** The same on one line, with spaces between them. */
export function spaced(...texts: Texts): string {
  return joined(' ', texts);
}

function joined(between: string, texts: Texts): string {
  return texts.flat().filter(Boolean).join(between);
}

/** The label and what it stands before, or nothing if there is nothing. Several lines begin below the label. */
export function labelled(label: string, text: string | number | undefined): string {
  if (text === undefined || text === '') return '';
  return String(text).includes('\n') ? `${label}:\n${text}` : `${label}: ${text}`;
}

/** The object without the fields that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
