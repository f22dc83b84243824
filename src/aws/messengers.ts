import { createPublicFetch } from '#channels/public-fetch';
import { createMessengers, type Messengers } from '#channels/registry/messengers';

/** All messengers, for functions that call them. They call private networks only with `-c privateAddresses=allow`. */
export function createCallingMessengers(): Messengers {
  return createMessengers(process.env.PRIVATE_ADDRESSES === 'allow' ? {} : { fetch: createPublicFetch() });
}
