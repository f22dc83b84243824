import * as z from 'zod/mini';
import { objectId, sharedCredentials } from '#channels/meta/messaging-credentials';

/** A channel's credentials: a page, and a token that may answer for it. */
export const credentialsSchema = z.object({ pageId: objectId, ...sharedCredentials });
