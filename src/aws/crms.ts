import { createCallingFetch } from '#aws/calling-fetch';
import { type Crms, createCrms } from '#crms/registry/crms';

/** All connectors, for functions that call CRMs. Only with `-c privateAddresses=allow` they call private networks. */
export function createCallingCrms(): Crms {
  return createCrms({ fetch: createCallingFetch() });
}
