import { isSameSecret } from '#calls/secrets';
import { UnreadableWebhookError } from '#channels/errors';
import { isObject, stringOf } from '#channels/fields';
import type { KnownBy, WebhookAnswer, WebhookRequest } from '#channels/inbound';

/** A part of a webhook, about one account of Meta's. */
export interface Entry {
  /** The id of the account: a business, a page. Empty if it is not told. */
  readonly id: string;
  /** As it came, if it is told: unix seconds of WhatsApp's, milliseconds of pages and of Instagram. */
  readonly time?: unknown;
  readonly changes: readonly { readonly field: string; readonly value: Readonly<Record<string, unknown>> }[];
  /** Messages and notices of the conversations of a page or of an account of Instagram. */
  readonly messaging: readonly unknown[];
  /** The same of conversations that another app holds. */
  readonly standby: readonly unknown[];
}

/** What Meta asks to be repeated is a number. Anything else could be shown in somebody's browser. */
const CHALLENGE = /^[\w.-]{1,128}$/;

/**
 * The answer to Meta's question whether an address is Konvert's. Undefined if the request asks nothing, or with another
 * secret than this. https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function greet({ method, query }: WebhookRequest, { webhookSecret }: KnownBy): WebhookAnswer | undefined {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge = '' } = query;
  const isAsked = method === 'GET' && mode === 'subscribe' && CHALLENGE.test(challenge);
  return isSameSecret(token, webhookSecret) && isAsked ? { status: 200, text: challenge } : undefined;
}

/**
 * The entries of a webhook about that kind of object. Undefined if it is about another product of Meta's, which one app
 * may serve as well. Throws `UnreadableWebhookError` if it cannot be Meta's.
 */
export function entriesOf(body: unknown, object: string): readonly Entry[] | undefined {
  if (!isObject(body) || typeof body.object !== 'string') throw new UnreadableWebhookError('object');
  if (!Array.isArray(body.entry)) throw new UnreadableWebhookError('entry');
  if (body.object !== object) return undefined;
  return body.entry.filter(isObject).map(({ id, time, changes, messaging, standby }) => ({
    id: typeof id === 'number' ? String(id) : stringOf(id),
    time,
    messaging: Array.isArray(messaging) ? messaging : [],
    standby: Array.isArray(standby) ? standby : [],
    changes: (Array.isArray(changes) ? changes : []).filter(isObject).map(({ field, value }) => ({
      field: stringOf(field),
      value: isObject(value) ? value : {},
    })),
  }));
}
