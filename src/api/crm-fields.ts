import * as z from 'zod/mini';

/** A text of 1 to `longest` characters. */
export const shortText = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));

/** The most characters of the name of a contact or a deal. */
export const LONGEST_NAME = 200;

/** An id that the CRM chose: a text of 1 to `longest` characters, or an integer, which is taken as its decimal text. */
const idUpTo = (longest: number) =>
  z.pipe(
    z.union([shortText(longest), z.int()]),
    z.transform((value) => String(value)),
  );

/** The id of a user in the CRM: 1 to 64 characters. */
export const userId = idUpTo(64);

/** The id of a contact, a deal, a pipeline or a stage in the CRM: 1 to 100 characters. */
export const directoryId = idUpTo(100);

/** An id to delete, of any length: an id that does not exist comes back in the answer and is no error. */
export const someId = z.pipe(
  z.union([z.string(), z.int()]),
  z.transform((value) => String(value)),
);

/** The most entities that a push may have, and the most contacts or deals that one request may delete. */
export const MOST_ENTITIES = 100;

/** The most users that one request may delete: as many as an account may have. Wazzup names no limit. */
export const MOST_USER_IDS = 1000;

/** The body of `bulk_delete`: at most that many ids. */
export const idsToDelete = (most: number) => z.array(someId).check(z.maxLength(most));

/** The answer of `bulk_delete`: the ids of the request that did not exist. */
export const unknownIds = z.array(z.string());

/** A text of at most `longest` characters that may be left out. Existing clients send an empty text instead. */
export const optionalUpTo = (longest: number) =>
  z.pipe(
    z.optional(z.string().check(z.maxLength(longest))),
    z.transform((value) => value || undefined),
  );

/**
 * An address that a request can go to, and that may be left out. None goes to one with a name and a password in it.
 * Existing clients send an empty text instead.
 */
export const optionalAddress = z.pipe(optionalUpTo(4096), z.optional(z.string().check(z.refine(isWebAddress))));

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

/** An id that may be left out, of at most `longest` characters. Existing clients send an empty text instead. */
export const optionalIdUpTo = (longest: number) =>
  z.pipe(
    z.optional(z.union([z.string().check(z.maxLength(longest)), z.int()])),
    z.transform((value) => (value === undefined || value === '' ? undefined : String(value))),
  );

/** A number in digits, as a query holds it. An empty one counts as absent. */
export const digits = z.pipe(
  z.string().check(z.regex(/^\d{0,9}$/)),
  z.transform((value) => (value === '' ? undefined : Number(value))),
);

/**
 * The 100 behind the first `offset`. `limit`, `sort` and other fields that existing clients send are ignored, because the
 * Wazzup API v3 pages by `offset` only.
 */
export const pageQuery = z.object({ offset: z.optional(digits) });
