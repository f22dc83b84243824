import * as z from 'zod/mini';
import { baseUrl } from '#channels/base-url';

/** A channel's credentials. The upper limits keep them within what one KMS call encrypts. */
export const credentialsSchema = z.object({
  /** Where the operator's own bridge is. */
  serverUrl: baseUrl,
  /** The name of the phone at the bridge. It is part of a path. */
  instance: z.string().check(z.regex(/^[\w-][\w.-]{0,99}$/)),
  /** The key of the bridge, or of this instance alone. */
  apiKey: z.string().check(z.regex(/^[!-~]{8,256}$/)),
});
