import { createCallingFetch, createTrustingFetch, mayCallPrivateAddresses } from '#aws/calling-fetch';
import { createMessengers, type Messengers } from '#channels/registry/messengers';

/**
 * All messengers, for functions that call them. Only with `-c privateAddresses=allow` they call private networks, and
 * take addresses that are not https.
 */
export function createCallingMessengers(): Messengers {
  return createMessengers({
    fetch: createCallingFetch(),
    fetchWith: createTrustingFetch,
    httpsOnly: !mayCallPrivateAddresses(),
  });
}
