import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';

/** Every answer: https://developers.viber.com/docs/api/rest-bot-api/#error-codes */
export const answerSchema = z.object({
  status: z.int(),
  status_message: lenient(z.string()),
});

/** https://developers.viber.com/docs/api/rest-bot-api/#get-account-info */
export const accountSchema = z.object({
  id: z.string().check(z.regex(/^[!-~]{1,128}$/)),
  name: lenient(z.string()),
  uri: lenient(z.string().check(z.regex(/^[\w.-]{1,128}$/))),
  webhook: lenient(z.string().check(z.maxLength(4096))),
});
