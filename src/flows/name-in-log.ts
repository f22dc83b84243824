import { type InstallationSecret, keyedHash } from '#domain/hash';
import type { NameInLog } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import type { StoreDeps } from '#store/dynamo/client';

const DIGITS = 16;

/**
 * Makes `nameInLog(text)`. The name is a hash with the installation's secret: on a hash that anybody can make, all
 * phone numbers could be tried.
 */
export function createNameInLog(deps: StoreDeps & { readonly cipher: Cipher }): NameInLog {
  const installation = createInstallation(deps);
  return async function nameInLog(text) {
    // A log line must not fail what it tells of.
    const secret = await installation.secret().catch(() => undefined);
    return secret ? hashInLog(secret, text) : '-';
  };
}

/** The name that `nameInLog` gives the text. */
export function hashInLog(secret: InstallationSecret, text: string): string {
  return keyedHash(secret, 'log', text).toString('hex').slice(0, DIGITS);
}
