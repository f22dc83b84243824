import type { ServeDocsDeps } from './handler.ts';

/** What serve-docs is built from, in AWS and everywhere else. */
export function createDeps(given: ServeDocsDeps): ServeDocsDeps {
  return given;
}
