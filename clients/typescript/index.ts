import createOpenApiClient, { type ClientOptions } from 'openapi-fetch';
import type { paths } from './schema.ts';

export type { paths } from './schema.ts';

/** A client of the Konvert API, typed by its description. */
export type KonvertClient = ReturnType<typeof createKonvertClient>;

/** Makes a client of the Konvert that answers at `baseUrl`, without a slash at its end. */
export function createKonvertClient(options: ClientOptions) {
  return createOpenApiClient<paths>(options);
}
