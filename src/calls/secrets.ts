import { hash, timingSafeEqual } from 'node:crypto';

/** Whether the secret that was given is the expected one, in constant time. An empty one is never expected. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  return expected !== '' && given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

/** Makes lengths equal, as `timingSafeEqual` needs them. */
function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
