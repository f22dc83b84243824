import { KMSClient } from '@aws-sdk/client-kms';
import { clientConfig } from '#aws/client-config';
import { createKmsCipher } from '#aws/kms-cipher';
import { readVariables } from '#aws/variables';
import type { Cipher } from '#store/accounts/cipher';

/** The cipher with the KMS key in `SECRETS_KEY_ID`. */
export function createCipher(): Cipher {
  return createKmsCipher(new KMSClient(clientConfig), readVariables('SECRETS_KEY_ID').SECRETS_KEY_ID);
}
