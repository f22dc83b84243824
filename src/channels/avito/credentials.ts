import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/** A channel's credentials. The upper limits keep them within what one KMS call encrypts. */
export const credentialsSchema = z.object({
  clientId: z.string().check(z.regex(/^[\w-]{4,128}$/)),
  clientSecret: z.string().check(z.regex(/^[\w-]{8,256}$/)),
  userId: z.string().check(z.regex(/^[1-9]\d{0,19}$/)),
  apiBaseUrl: z.optional(baseUrl),
});
