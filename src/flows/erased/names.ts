import { idOfKey } from '#domain/fact';
import { type InstallationSecret, keyedHash } from '#domain/hash';

const DIGITS = 32;

/** The name of an address in marks of erased people: a hash that only a holder of the secret can make. */
export function erasedName(secret: InstallationSecret, addressKey: string): string {
  return keyedHash(secret, 'erased', addressKey).toString('hex').slice(0, DIGITS);
}

/** The name of what was said by that key of a fact, in the mark of its person. */
export function erasedFact(secret: InstallationSecret, chatKey: string, key: string): string {
  return keyedHash(secret, 'erased', `${chatKey}\n${idOfKey(key)}`)
    .toString('hex')
    .slice(0, DIGITS);
}
