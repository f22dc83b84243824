import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cipher } from '#store/accounts/cipher';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new key for `createKeyCipher`, in base64. */
export function newCipherKey(): string {
  return randomBytes(32).toString('base64');
}

/** AES-256-GCM with a key of 32 bytes in base64. */
export function createKeyCipher(base64Key: string): Cipher {
  const key = Buffer.from(base64Key, 'base64');
  if (key.length !== 32) throw new Error('The key file does not hold a key of 32 bytes in base64');
  return {
    async seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    async open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return text.toString('utf8');
    },
  };
}
