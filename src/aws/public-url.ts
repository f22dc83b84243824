import { readVariables } from '#aws/variables';
import { PUBLIC_URL_VARIABLE } from '#lib/variable-names';

/** The base of addresses that are told to others. Throws at start if the environment does not name it. */
export function readPublicUrl(): string {
  return readVariables(PUBLIC_URL_VARIABLE)[PUBLIC_URL_VARIABLE];
}
