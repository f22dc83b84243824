import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type InstallationSecret, keyedHash } from './hash.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A place that a caller may hand back and not read, because it names what they may not see. It is good for that purpose
 * only (`bound`), and nobody else can make one.
 */
export function sealPlace(secret: InstallationSecret, bound: string, place: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyedHash(secret, 'place', ''), nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(place, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The place in it; undefined if it was made by somebody else, or for another purpose. */
export function openPlace(secret: InstallationSecret, bound: string, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const key = keyedHash(secret, 'place', '');
  const cipher = createDecipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound)).setAuthTag(tag);
  try {
    return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
