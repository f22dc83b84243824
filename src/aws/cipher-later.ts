import type { Cipher } from '#store/accounts/cipher';

/** The same cipher, for a function that mostly opens nothing: the client of KMS is loaded with the first text. */
export function createCipherLater(): Cipher {
  let made: Promise<Cipher> | undefined;
  const cipher = () => {
    made ??= import('#aws/cipher').then(({ createCipher }) => createCipher());
    return made;
  };
  return {
    seal: async (text, context) => (await cipher()).seal(text, context),
    open: async (sealed, context) => (await cipher()).open(sealed, context),
  };
}
