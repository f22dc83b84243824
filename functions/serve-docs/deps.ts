import type { PageFiles } from '#functions/serve-page/page-files';
import type { Log } from '#log';
import type { ServeDocsDeps } from './handler.ts';

/** What serve-docs is built from, in AWS and everywhere else. */
export function createDeps(given: { readonly docs: PageFiles; readonly log: Log }): ServeDocsDeps {
  return given;
}
