import { randomBytes } from 'node:crypto';
import { openWith, sealWith } from '#domain/sealing';
import type { Cipher } from '#store/accounts/cipher';

/** Seals texts at once. `sealedKey` is stored beside them. */
export interface TokenBox {
  readonly sealedKey: string;
  seal(text: string, part: string): string;
}

const KEY_BYTES = 32;

/**
 * A box with a key of its own, which the cipher has sealed. It is made before a CRM is asked for new tokens: then nothing
 * is awaited between its answer and the write, and a token may be longer than the 4 KB that KMS seals.
 */
export async function newTokenBox(cipher: Cipher, context: string): Promise<TokenBox> {
  const key = randomBytes(KEY_BYTES);
  const sealedKey = await cipher.seal(key.toString('base64'), context);
  return { sealedKey, seal: (text, part) => sealWith(key, text, contextOf(context, part)).toString('base64') };
}

/** Opens what was sealed by the box of that key. Throws if it was changed, or stands in the place of something else. */
export async function openTokenBox(
  cipher: Cipher,
  context: string,
  sealedKey: string,
): Promise<(sealed: string, part: string) => string> {
  const key = Buffer.from(await cipher.open(sealedKey, context), 'base64');
  return (sealed, part) => openWith(key, Buffer.from(sealed, 'base64'), contextOf(context, part));
}

function contextOf(context: string, part: string): string {
  return `${context}#${part}`;
}
