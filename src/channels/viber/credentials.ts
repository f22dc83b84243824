import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/** A channel's credentials. Viber refuses a sender without a name, and one of more than 28 characters. */
export const credentialsSchema = z.object({
  authToken: z.string().check(z.regex(/^[\w-]{20,128}$/)),
  senderName: z.string().check(z.regex(/^\S(?:.{0,26}\S)?$/)),
  apiBaseUrl: z.optional(baseUrl),
});
