import * as z from 'zod/mini';

/** An address to which paths are appended. Refuses one that would mean another then, and one that `fetch` refuses. */
export const baseUrl = z.string().check(
  z.maxLength(500),
  z.refine((address) => /^https?:\/\/[^\s?#@]+$/.test(address) && URL.canParse(address)),
);
