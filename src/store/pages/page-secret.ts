import { randomBytes } from 'node:crypto';

const BYTES = 32;

/** 256 random bits in 43 characters. Only its hash is stored. */
export function newPageSecret(): string {
  return randomBytes(BYTES).toString('base64url');
}
