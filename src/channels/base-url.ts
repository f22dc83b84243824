import * as z from 'zod/mini';

/** An address to which paths are appended. Refuses one that would mean another then, and one that `fetch` refuses. */
export const baseUrl = z.string().check(
  z.maxLength(500),
  z.refine((address) => /^https?:\/\/[^\s?#@]+$/.test(address) && URL.canParse(address)),
);

/**
 * Whether an address that a messenger named may be called, for a file or with a key: it is encrypted, or at the server of an
 * API (`api`) that is called unencrypted itself.
 */
export function isSafeAddress(address: string, api: string | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || (api !== undefined && origin === new URL(api).origin);
}
