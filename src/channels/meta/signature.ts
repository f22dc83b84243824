import { createHmac } from 'node:crypto';
import { isSameSecret } from '#calls/secrets';
import type { WebhookRequest } from '#channels/inbound';

/** The header that carries the signature. */
export const SIGNATURE_HEADER = 'x-hub-signature-256';

/**
 * Whether Meta signed these bytes with the app's secret. The bytes count as they came: what JSON escapes is escaped in
 * them. https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function isSigned({ headers, body }: Pick<WebhookRequest, 'headers' | 'body'>, appSecret: string): boolean {
  return appSecret !== '' && isSameSecret(headers[SIGNATURE_HEADER], signatureOf(body, appSecret));
}

/** The value of the header for a body. */
export function signatureOf(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
