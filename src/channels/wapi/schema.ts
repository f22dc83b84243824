import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';
import { lenient } from '#channels/lenient';

const objectId = z.string().check(z.regex(/^\d{5,25}$/));

/** A channel's credentials. The upper limits keep them within what one KMS call encrypts. */
export const credentialsSchema = z.object({
  phoneNumberId: objectId,
  wabaId: z.optional(objectId),
  accessToken: z.string().check(z.regex(/^[\w|.-]{10,1000}$/)),
  appSecret: z.string().check(z.regex(/^[\w-]{16,128}$/)),
  apiBaseUrl: z.optional(baseUrl),
});

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers */
export const numberSchema = z.object({
  id: z.string().check(z.regex(/^\d{1,32}$/)),
  display_phone_number: lenient(z.string().check(z.maxLength(64))),
  verified_name: lenient(z.string()),
});
