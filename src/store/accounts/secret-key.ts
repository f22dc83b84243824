import { createHash, randomBytes } from 'node:crypto';

/** A new key: 256 random bits. */
export function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** The hash of a key: the only form in which keys are stored. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
