import type { StripSlashDeps } from './handler.ts';

/** What strip-slash is built from, in AWS. Nowhere else is it needed. */
export function createDeps(given: StripSlashDeps): StripSlashDeps {
  return given;
}
