import { Webhook } from 'standardwebhooks';
import type { OpenReceiver } from '#store/accounts/open-receivers';

/** What a call of a receiver carries besides its address. */
export type Signing = Pick<OpenReceiver, 'crmKey' | 'secrets'>;

/**
 * The headers of a call of a receiver: the CRM's own key, if there is one, and the signatures of Standard Webhooks, one
 * with each secret. `id` is the same whenever the same is sent again; `now` is in epoch milliseconds.
 */
export function eventHeaders({ crmKey, secrets }: Signing, id: string, body: string, now: number) {
  const at = new Date(now);
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Konvert',
    ...(crmKey !== undefined && { authorization: `Bearer ${crmKey}` }),
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
