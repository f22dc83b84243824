import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

const objectId = z.string().check(z.regex(/^\d{5,25}$/));

/** A channel's credentials. The upper limits keep them within what one KMS call encrypts. */
export const credentialsSchema = z.object({
  phoneNumberId: objectId,
  wabaId: z.optional(objectId),
  accessToken: z.string().check(z.regex(/^[\w|.-]{10,1000}$/)),
  appSecret: z.string().check(z.regex(/^[\w-]{16,128}$/)),
  apiBaseUrl: z.optional(baseUrl),
});
