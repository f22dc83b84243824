import { createHmac } from 'node:crypto';
import { isSameSecret } from '#calls/secrets';
import type { WebhookAnswer, WebhookRequest } from '#channels/inbound';

/** The header that carries the signature. */
const SIGNATURE_HEADER = 'x-viber-content-signature';
/** The look at a new address is short: https://developers.viber.com/docs/api/rest-bot-api/#setting-a-webhook */
const LONGEST_HANDSHAKE = 1024;

/**
 * Whether Viber signed these bytes with the bot's token. Through some proxies the signature comes in the address, as
 * Viber's own library knows. https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export function isSigned({ headers, query, body }: Omit<WebhookRequest, 'method'>, authToken: string): boolean {
  return authToken !== '' && isSameSecret(headers[SIGNATURE_HEADER] ?? query.sig, signatureOf(body, authToken));
}

/** Hex digits, without the name of the algorithm before them. */
function signatureOf(body: Uint8Array, authToken: string): string {
  return createHmac('sha256', authToken).update(body).digest('hex');
}

/**
 * The answer to Viber's look whether an address is there. It is not signed, and asks about nothing but that. Undefined if
 * the request is an event. https://developers.viber.com/docs/api/rest-bot-api/#webhook-callback
 */
export function greet({ method, body }: Pick<WebhookRequest, 'method' | 'body'>): WebhookAnswer | undefined {
  if (method !== 'POST' || body.length > LONGEST_HANDSHAKE) return undefined;
  try {
    const { event } = JSON.parse(Buffer.from(body).toString('utf8')) ?? {};
    return event === 'webhook' ? { status: 200, text: 'ok' } : undefined;
  } catch {
    return undefined;
  }
}
