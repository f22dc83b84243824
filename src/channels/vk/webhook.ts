import { isSameSecret } from '#calls/secrets';
import type { KnownBy, WebhookRequest } from '#channels/inbound';
import { textOf, topLevel } from './top-level.ts';

/** Far more than a message with all that it forwards: https://dev.vk.com/ru/api/callback/getting-started */
export const MAX_BODY_BYTES = 1024 * 1024;

/** VK takes no longer secret: `secret_key` of `groups.addCallbackServer`. */
const MAX_SECRET = 50;

/** The part of our secret that VK is told. It has 200 random bits. */
export function secretKeyOf(webhookSecret: string): string {
  return webhookSecret.slice(0, MAX_SECRET);
}

/** Whether the body tells the secret. Nothing else in it is read. */
export function isVerified({ body }: Pick<WebhookRequest, 'body'>, { webhookSecret }: KnownBy): boolean {
  const said = wordsOf(body, ['secret']);
  return isSameSecret(textOf(said?.secret), secretKeyOf(webhookSecret));
}

/** A question of VK, whether an address is that of the community. `secret` is absent if VK was told none. */
export interface Question {
  readonly groupId: string;
  readonly secret?: string;
}

/** What a request asks, if it asks for a confirmation code. */
export function questionOf({ method, body }: Pick<WebhookRequest, 'method' | 'body'>): Question | undefined {
  if (method !== 'POST') return undefined;
  const said = wordsOf(body, ['type', 'group_id', 'secret']);
  if (textOf(said?.type) !== 'confirmation') return undefined;
  const { group_id: groupId = '', secret } = said ?? {};
  // A secret that is no text is a wrong one.
  return { groupId, ...(secret !== undefined && { secret: textOf(secret) ?? '' }) };
}

function wordsOf<Name extends string>(body: Uint8Array, names: readonly Name[]) {
  if (body.length > MAX_BODY_BYTES) return undefined;
  return topLevel(Buffer.from(body).toString('utf8'), names);
}
