import { randomBytes } from 'node:crypto';

const BITS = 160;

/** A new id of a file: 160 random bits in base64url. It is the right to read the file, so it cannot be guessed. */
export function newFileId(): string {
  return randomBytes(BITS / 8).toString('base64url');
}

/** Whether the text can be the id of a file. */
export function isFileId(text: string): boolean {
  return /^[\w-]{27}$/.test(text);
}
