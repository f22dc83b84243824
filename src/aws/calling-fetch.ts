import { createPublicFetch } from '#calls/public-fetch';

/** Whether addresses that people gave may lead into private networks: only with `-c privateAddresses=allow`. */
export function mayCallPrivateAddresses(): boolean {
  return process.env.PRIVATE_ADDRESSES === 'allow';
}

/** The `fetch` for addresses that people gave. */
export function createCallingFetch(): typeof globalThis.fetch {
  return mayCallPrivateAddresses() ? globalThis.fetch : createPublicFetch();
}

/** The same, with further root certificates (PEM) that it trusts. */
export function createTrustingFetch({ ca }: { readonly ca: readonly string[] }): typeof globalThis.fetch {
  return createPublicFetch({ ca, ...(mayCallPrivateAddresses() && { refuses: () => false }) });
}
