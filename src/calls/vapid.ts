import { importJWK, SignJWT } from 'jose';

/** What vouches for who pushes: the keys (base64url), and how the operator of a push service finds who runs Konvert. */
export interface VapidOptions {
  readonly publicKey: string;
  readonly privateKey: string;
  /** A `mailto:` or `https:` address. */
  readonly subject: string;
  /** The time (epoch ms). */
  readonly now: () => number;
}

/** The header `Authorization` for a push to that endpoint. */
export type Vouch = (endpoint: string) => Promise<string>;

/** A day is the most that a push service takes. */
const GOOD_SECONDS = 12 * 3600;
/** The same token is sent so long: signing anew for each push would look odd to some services. */
const USED_MS = 3_600_000;

/** Makes `vouch`. https://www.rfc-editor.org/rfc/rfc8292 */
export function createVouch({ publicKey, privateKey, subject, now }: VapidOptions): Vouch {
  const point = Buffer.from(publicKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const tokens = new Map<string, { readonly token: string; readonly until: number }>();

  async function tokenFor(aud: string): Promise<string> {
    const known = tokens.get(aud);
    if (known && known.until > now()) return known.token;
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y, d: privateKey }, 'ES256');
    const exp = Math.floor(now() / 1000) + GOOD_SECONDS;
    const token = await new SignJWT({ aud, exp, sub: subject })
      .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
      .sign(key);
    tokens.set(aud, { token, until: now() + USED_MS });
    return token;
  }

  return async (endpoint) => `vapid t=${await tokenFor(new URL(endpoint).origin)}, k=${publicKey}`;
}
