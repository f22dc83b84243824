import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers */
export const numberSchema = z.object({
  id: z.string().check(z.regex(/^\d{1,32}$/)),
  display_phone_number: lenient(z.string().check(z.maxLength(64))),
  verified_name: lenient(z.string()),
});
