import createOpenApiClient, { type ClientOptions, mergeHeaders } from 'openapi-fetch';
import type { paths } from './schema.ts';

export { dataOf, KonvertError } from './answer.ts';
export type { components, operations, paths } from './schema.ts';

/** A client of the Konvert API, typed by its description. */
export type KonvertClient = ReturnType<typeof createKonvertClient>;

/** Where Konvert answers and who asks, beside the options of `openapi-fetch`. */
export interface KonvertOptions extends ClientOptions {
  /** The address of Konvert, without a path of its API: `https://konvert.example`. */
  readonly baseUrl: string;
  /** An API key of the account. The operator key is taken too, by its own routes. */
  readonly apiKey?: string | undefined;
  /** The id of the user who acts (`Konvert-User`). Without it the CRM acts, which may do everything. */
  readonly actingAs?: string | undefined;
}

/** Makes a client of the Konvert that answers at `baseUrl`. Its requests carry the key, and the user who acts. */
export function createKonvertClient({ apiKey, actingAs, headers, ...options }: KonvertOptions) {
  const ours = {
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    // A header holds no letters beyond Latin-1. Konvert takes any id percent-encoded.
    ...(actingAs !== undefined && { 'konvert-user': encodeURIComponent(actingAs) }),
  };
  return createOpenApiClient<paths>({ ...options, headers: mergeHeaders(ours, headers) });
}
