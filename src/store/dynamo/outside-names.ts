import * as z from 'zod/mini';

/**
 * The one name that is lost on its way: the SDK and zod take it for the prototype of an object. It is stored with a `~` before
 * it, and so are the names that this makes, so that each is read as it was.
 */
const LOST = /^~*__proto__$/;

/** Makes the stored form of a record whose names come from outside. */
export function storedNames<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return renamed(record, (name) => (LOST.test(name) ? `~${name}` : name));
}

/** The schema of such a record, which reads what `storedNames` made. */
export function outsideNames<T>(value: z.ZodMiniType<T>) {
  return z.pipe(z.record(z.string(), value), z.transform(readNames));
}

function readNames<T>(stored: Record<string, T>): Record<string, T> {
  return renamed(stored, (name) => (LOST.test(name) ? name.slice(1) : name));
}

function renamed<T>(record: Readonly<Record<string, T>>, rename: (name: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
}
