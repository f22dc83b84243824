import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/**
 * A channel's credentials. The token goes into a header, so it has none but visible characters. The upper limits keep
 * them within what one KMS call encrypts.
 */
export const credentialsSchema = z.object({
  botToken: z.string().check(z.regex(/^[\w.~+/=-]{20,500}$/)),
  apiBaseUrl: z.optional(baseUrl),
});
