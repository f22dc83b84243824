/** Keeps secrets unreadable in tables: with KMS in AWS, with a key file on one machine. */
export interface Cipher {
  /** Encrypts the text; only the same `context` opens it, so that it cannot be moved to another item. */
  seal(text: string, context: string): Promise<string>;
  /** Throws if the text was changed, or was sealed for another context or by another key. */
  open(sealed: string, context: string): Promise<string>;
}
