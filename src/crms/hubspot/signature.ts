import { createHmac } from 'node:crypto';
import { isSameSecret } from '#calls/secrets';
import type { CrmRequest, Look } from '#crms/crm';

/** Requests older than this are not believed. */
const MAX_AGE_MS = 5 * 60_000;
const SIGNATURE = 'x-hubspot-signature-v3';
const TIMESTAMP = 'x-hubspot-request-timestamp';

/** HubSpot signs the address with these decoded: https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** Whether HubSpot signed the request to that address with the app's secret, within the last five minutes (K29). */
export function isSigned({ method, headers, body }: CrmRequest, uri: string, secret: string, now: number): boolean {
  const timestamp = headers[TIMESTAMP] ?? '';
  // The digits that were signed, never a number made of them.
  if (secret === '' || !/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > MAX_AGE_MS) return false;
  return isSameSecret(headers[SIGNATURE], signatureOf(method, uri, body, timestamp, secret));
}

/** What a signed request is known by. Each has a signature of its own: it holds the time to the millisecond. */
export function proofOf({ headers }: CrmRequest): NonNullable<Look['once']> {
  return { id: headers[SIGNATURE] ?? '', until: Number(headers[TIMESTAMP]) + MAX_AGE_MS };
}

/** The value of the header `X-HubSpot-Signature-v3`. */
export function signatureOf(method: string, uri: string, body: Uint8Array, timestamp: string, secret: string): string {
  const address = uri.replaceAll(DECODED, (code) => decodeURIComponent(code));
  return createHmac('sha256', secret).update(`${method}${address}`).update(body).update(timestamp).digest('base64');
}
