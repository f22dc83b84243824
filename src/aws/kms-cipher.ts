import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { SECRETS_CONTEXT } from '#lib/variable-names';
import type { Cipher } from '#store/accounts/cipher';

/** Encrypts with a KMS key. The context becomes KMS's own encryption context. A text may have at most 4 KB. */
export function createKmsCipher(client: Pick<KMSClient, 'send'>, keyId: string): Cipher {
  return {
    async seal(text, context) {
      const { CiphertextBlob } = await client.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(text),
          EncryptionContext: { [SECRETS_CONTEXT]: context },
        }),
      );
      return Buffer.from(CiphertextBlob ?? []).toString('base64');
    },
    async open(sealed, context) {
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed, 'base64'),
          EncryptionContext: { [SECRETS_CONTEXT]: context },
        }),
      );
      return Buffer.from(Plaintext ?? []).toString('utf8');
    },
  };
}
