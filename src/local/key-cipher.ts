import { randomBytes } from 'node:crypto';
import { openWith, sealWith } from '#domain/sealing';
import type { Cipher } from '#store/accounts/cipher';

/** A new key for `createKeyCipher`, in base64. */
export function newCipherKey(): string {
  return randomBytes(32).toString('base64');
}

/** AES-256-GCM with a key of 32 bytes in base64. */
export function createKeyCipher(base64Key: string): Cipher {
  const key = Buffer.from(base64Key, 'base64');
  if (key.length !== 32) throw new Error('The key file does not hold a key of 32 bytes in base64');
  return {
    seal: async (text, context) => sealWith(key, text, context).toString('base64'),
    open: async (sealed, context) => openWith(key, Buffer.from(sealed, 'base64'), context),
  };
}
