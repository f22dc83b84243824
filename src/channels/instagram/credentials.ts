import * as z from 'zod/mini';
import { appSecret, objectId, sharedCredentials } from '#channels/meta/messaging-credentials';

/**
 * A channel's credentials. Either the account itself is connected (`igId`, Instagram Login), or the page that it is linked to
 * (`pageId`, Facebook Login).
 */
export const credentialsSchema = z.object({
  igId: z.optional(objectId),
  pageId: z.optional(objectId),
  ...sharedCredentials,
  /** The secret of Instagram Login, which an app has beside its own. */
  igAppSecret: z.optional(appSecret),
});
