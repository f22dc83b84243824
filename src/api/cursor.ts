import * as z from 'zod/mini';
import { invalidRequest } from '#http/errors';
import { readJson } from '#http/json';

/** An opaque cursor: the place at which a page ended. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * The place at which a page ended, from the cursor that came with the page; undefined if Konvert did not make the
 * cursor. Callers can make cursors up, so a schema reads them like any other value.
 */
export function readCursor<S extends z.ZodMiniType>(schema: S, cursor: string): z.infer<S> | undefined {
  try {
    return schema.safeParse(readJson(Buffer.from(cursor, 'base64url'))).data;
  } catch {
    return undefined;
  }
}

/**
 * The place after which a page begins, from the `field` of a query; undefined without one. Throws a `RequestError` 400.
 */
export function readPlace<S extends z.ZodMiniType>(
  schema: S,
  field: string,
  cursor: string | undefined,
): z.infer<S> | undefined {
  if (cursor === undefined) return undefined;
  const place = readCursor(schema, cursor);
  if (place === undefined) throw invalidRequest([field], `${field} is not one of ours: begin again without it`);
  return place;
}

const time = z.int().check(z.nonnegative());

/**
 * The place of a fact in a chat, which begins with a digit: earlier releases stored keys that hold no time. It fits into
 * the 1024 bytes of a key, whatever its characters are.
 */
export const factPlace = z.string().check(z.regex(/^\d/), z.maxLength(320));
const lane = z.string().check(z.maxLength(1024));
/**
 * The place of a delivery that waits. Of a reply: the time at which its lane is due, and its lane and place there if that
 * lane goes on. Of an event: its lane and place there. Only lanes of the caller's account are named.
 */
export const pendingPlace = z.union([z.tuple([time]), z.tuple([time, lane, factPlace]), z.tuple([lane, factPlace])]);
/** The place of a chat in a list. */
export const chatPlace = z.string().check(z.regex(/^\d{13}#[0-9a-z]{1,11}$/));
