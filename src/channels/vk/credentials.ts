import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/**
 * A channel's credentials. `confirmation` is the code that the community's own page shows, for an operator who adds the
 * server there. The upper limits keep them within what one KMS call encrypts.
 */
export const credentialsSchema = z.object({
  groupId: z.string().check(z.regex(/^[1-9]\d{0,11}$/)),
  accessToken: z.string().check(z.regex(/^[\w.-]{20,1000}$/)),
  confirmation: z.optional(z.string().check(z.regex(/^\w{4,64}$/))),
  apiBaseUrl: z.optional(baseUrl),
});
