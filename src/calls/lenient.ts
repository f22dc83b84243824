import * as z from 'zod/mini';

/** An optional field that also counts as missing if it is not what the vendor documents. */
export function lenient<T extends z.ZodMiniType>(schema: T) {
  return z.catch(z.optional(schema), undefined);
}
