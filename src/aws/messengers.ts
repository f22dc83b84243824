import { createPublicFetch } from '#channels/public-fetch';
import { createMessengers, type Messengers } from '#channels/registry/messengers';

/**
 * All messengers, for functions that call them. Only with `-c privateAddresses=allow` they call private networks, and
 * take addresses that are not https.
 */
export function createCallingMessengers(): Messengers {
  const isOpen = process.env.PRIVATE_ADDRESSES === 'allow';
  return createMessengers(isOpen ? {} : { fetch: createPublicFetch(), httpsOnly: true });
}
