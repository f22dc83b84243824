import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';

const code = z.union([z.int(), z.string().check(z.regex(/^\w{1,64}$/))]);

/**
 * A refusal. Avito's methods have `error` as an object, its servers in front of them `result` or a message alone, and the
 * one that gives out tokens a word. https://developers.avito.ru/api-catalog/messenger/documentation
 */
export const refusalSchema = z.object({
  error: lenient(z.union([z.string(), z.object({ code: lenient(code), message: lenient(z.string()) })])),
  error_description: lenient(z.string()),
  result: lenient(z.object({ status: lenient(z.boolean()), message: lenient(z.string()) })),
  message: lenient(z.string()),
});

/** https://developers.avito.ru/api-catalog/auth/documentation#operation/getAccessToken */
export const tokenSchema = z.object({
  access_token: z.string().check(z.regex(/^[\w.~+/=-]{1,4096}$/)),
  expires_in: lenient(z.number().check(z.positive())),
});

/** https://developers.avito.ru/api-catalog/user/documentation#operation/getUserInfoSelf */
export const accountSchema = z.object({ id: z.int(), name: lenient(z.string()) });

/** https://developers.avito.ru/api-catalog/messenger/documentation#operation/getSubscriptions */
export const subscriptionsSchema = z.object({
  subscriptions: z
    .array(z.object({ url: z.string(), version: lenient(z.union([z.string(), z.number()])) }))
    .check(z.maxLength(1000)),
});

/** What was sent: https://developers.avito.ru/api-catalog/messenger/documentation#operation/postSendMessage */
export const sentSchema = z.object({ id: z.string() });

/** https://developers.avito.ru/api-catalog/messenger/documentation#operation/getVoiceFiles */
export const voicesSchema = z.object({ voices_urls: z.record(z.string(), z.string().check(z.maxLength(4096))) });
