import type * as z from 'zod/mini';
import type { Credentials } from '#channels/terms';

/** The credentials that are addresses. Those that are secret go there. */
const ADDRESSES: ReadonlySet<string> = new Set(['apiBaseUrl', 'serverUrl']);

/** The credentials as a schema reads them, or the fields that are missing or wrong. */
export type ReadCredentials = { readonly credentials: Credentials } | { readonly fields: string[] };

/**
 * Reads credentials. `all` are the fields that are wrong if they are no object, `httpsOnly` says whether addresses have to be
 * https. An address is without a slash at its end then, and what is switched on is `yes`.
 */
export function readCredentials(
  schema: z.ZodMiniType<Readonly<Record<string, string | boolean | undefined>>>,
  input: unknown,
  { all, httpsOnly }: { readonly all: readonly string[]; readonly httpsOnly: boolean },
): ReadCredentials {
  const read = schema.safeParse(input);
  if (!read.success) {
    const paths = read.error.issues.map(({ path }) => path[0]);
    return { fields: named(paths.includes(undefined) ? all : paths.map(String)) };
  }
  const given = Object.entries(read.data).flatMap(([name, value]) => textOf(name, value));
  const open = given.filter(([name, text]) => httpsOnly && ADDRESSES.has(name) && new URL(text).protocol !== 'https:');
  if (open.length > 0) return { fields: named(open.map(([name]) => name)) };
  return { credentials: Object.fromEntries(given) };
}

function named(fields: readonly string[]): string[] {
  return [...new Set(fields)].map((field) => `credentials.${field}`);
}

/** Credentials are texts: what is switched off is not there. */
function textOf(name: string, value: string | boolean | undefined): [string, string][] {
  if (value === undefined || value === false) return [];
  if (value === true) return [[name, 'yes']];
  return [[name, ADDRESSES.has(name) ? value.replace(/\/$/, '') : value]];
}
