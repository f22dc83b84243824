import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/** A channel's credentials. The upper limits keep them within what one KMS call encrypts. */
export const credentialsSchema = z.object({
  botToken: z.string().check(z.regex(/^\d{1,20}:[A-Za-z0-9_-]{10,200}$/)),
  apiBaseUrl: z.optional(baseUrl),
});
