import { createHmac, hash, type KeyObject } from 'node:crypto';

/**
 * A 53-bit hash of a text: bryc's cyrb53 (public domain, https://github.com/bryc/code). It makes names that are short
 * and the same on every machine. Nothing secret may rest on it.
 */
export function hash53(text: string, seed = 0): number {
  let h1 = 0xdeadbeef ^ seed;
  let h2 = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return 4294967296 * (2097151 & h2) + (h1 >>> 0);
}

/**
 * The hash as at most 11 letters and digits. List places and tokens name a chat or a message by it. No log holds it,
 * because anybody could find a phone number by it, by trying all of them.
 */
export function shortHash(text: string): string {
  return hash53(text).toString(36);
}

/**
 * An id computed from a name; no two names have the same. It is shaped like a UUID v8, which leaves the bits to its
 * maker.
 */
export function uuidOf(name: string): string {
  const hex = hash('sha256', name);
  const [a, b, c, d, e] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20), hex.slice(20, 32)];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

/**
 * The secret of an installation: 32 random bytes, from which every key of the installation follows. As a key object it
 * is prepared once, which makes a hash five times as fast.
 */
export type InstallationSecret = Uint8Array | KeyObject;

/** A hash of 256 bits that only a holder of the secret can make. The hash of one purpose says nothing of another's. */
export function keyedHash(
  secret: InstallationSecret,
  purpose: 'erased' | 'log' | 'place' | 'push' | 'seenUpTo',
  text: string,
): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\n${text}`).digest();
}
