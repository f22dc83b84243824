import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/** The id of an object of Meta's. */
export const objectId = z.string().check(z.regex(/^\d{5,25}$/));
/** A token of Meta's. The upper limit keeps the credentials within what one KMS call encrypts. */
export const accessToken = z.string().check(z.regex(/^[\w|.-]{10,1000}$/));
export const appSecret = z.string().check(z.regex(/^[\w-]{16,128}$/));

/** The credentials that pages and accounts of Instagram have in common. */
export const sharedCredentials = {
  accessToken,
  appSecret,
  /** With it, the webhooks of the app are led to Konvert by a call. */
  appId: z.optional(objectId),
  /** Whether Meta lets this app answer as a person for seven days. */
  humanAgent: z.optional(z.boolean()),
  apiBaseUrl: z.optional(baseUrl),
};
