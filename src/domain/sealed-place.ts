import { type InstallationSecret, keyedHash } from './hash.ts';
import { openWith, sealWith } from './sealing.ts';

/**
 * A place that a caller may hand back and not read, because it names what they may not see. It is good for that purpose
 * only (`bound`), and nobody else can make one.
 */
export function sealPlace(secret: InstallationSecret, bound: string, place: string): string {
  return sealWith(keyOf(secret), place, bound).toString('base64url');
}

/** The place in it; undefined if it was made by somebody else, or for another purpose. */
export function openPlace(secret: InstallationSecret, bound: string, token: string): string | undefined {
  try {
    return openWith(keyOf(secret), Buffer.from(token, 'base64url'), bound);
  } catch {
    return undefined;
  }
}

function keyOf(secret: InstallationSecret): Buffer {
  return keyedHash(secret, 'place', '');
}
