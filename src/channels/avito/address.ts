import { isSameSecret } from '#calls/secrets';
import type { KnownBy, WebhookAnswer, WebhookRequest } from '#channels/inbound';

/** The query parameter that carries the secret. Avito signs by a key that it tells nobody, so the address is the secret. */
const TOKEN = 'token';

/** The address that Avito calls: that of the channel, with its secret. It must never be logged. */
export function addressOf(url: string, webhookSecret: string): string {
  return `${url}?${new URLSearchParams({ [TOKEN]: webhookSecret })}`;
}

/** Whether the address that was called holds the secret. */
export function isAddressed({ query }: Pick<WebhookRequest, 'query'>, { webhookSecret }: KnownBy): boolean {
  return isSameSecret(query[TOKEN], webhookSecret);
}

/**
 * The answer to Avito's look whether an address is there: a body without anything in it, which wants 200. Undefined if the
 * request is an event, or knows another secret.
 * https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3
 */
export function greet(request: WebhookRequest, channel: KnownBy): WebhookAnswer | undefined {
  const { method, body } = request;
  // Longer ones are events, and they are many.
  const isEmpty = body.length < 16 && /^\s*(?:\{\s*\})?\s*$/.test(Buffer.from(body).toString('latin1'));
  return method === 'POST' && isEmpty && isAddressed(request, channel) ? { status: 200, text: 'ok' } : undefined;
}
