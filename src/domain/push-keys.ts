import { createECDH } from 'node:crypto';
import { type InstallationSecret, keyedHash } from './hash.ts';

/** The keys by which push services know the installation (VAPID). Both are base64url. https://www.rfc-editor.org/rfc/rfc8292 */
export interface PushKeys {
  /** 65 bytes, not compressed, as browsers and push services take it. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The keys follow from the secret of the installation, so there is nothing more to keep, and nothing to lose. */
export function pushKeysOf(secret: InstallationSecret): PushKeys {
  const pair = createECDH('prime256v1');
  for (let attempt = 0; ; attempt += 1) {
    try {
      pair.setPrivateKey(keyedHash(secret, 'push', String(attempt)));
      return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') };
    } catch (error) {
      // One hash of four billion is no number that a key may be.
      if (attempt > 9) throw error;
    }
  }
}
