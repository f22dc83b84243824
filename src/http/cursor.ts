import { invalidRequest } from '#http/errors';

/** An opaque cursor: where a page ended. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Where a page ended, from the cursor that was handed out with it. Throws a `RequestError` 400 where it is none. */
export function readCursor<T>(cursor: string): T {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as T;
  } catch {
    throw invalidRequest(['cursor'], 'The cursor is not one of ours: begin again without it');
  }
}
