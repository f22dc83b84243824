import { createRingPages, type RingPagesDeps } from '#flows/ring-pages';
import type { RingDoorbellDeps } from './handler.ts';

/** What ring-doorbell is built from, in AWS and everywhere else. */
export function createDeps(given: RingPagesDeps): RingDoorbellDeps {
  return { ringPages: createRingPages(given) };
}
