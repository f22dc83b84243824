import { createHmac } from 'node:crypto';
import { postWebhook, type WebhookOutcome } from '../kit/post-webhook.ts';
import { NUMBER } from './number-ids.ts';
import type { NumberState } from './number-state.ts';

/** Posts a value of the field `messages`, signed as Meta signs it. Undefined if no address is known. */
export async function tell(
  state: NumberState,
  appSecret: string,
  value: Readonly<Record<string, unknown>>,
): Promise<WebhookOutcome | undefined> {
  const webhook = state.webhook();
  if (!webhook) return undefined;
  const metadata = { display_phone_number: NUMBER.phone, phone_number_id: NUMBER.phoneNumberId };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  const body = escaped({ object: 'whatsapp_business_account', entry: [{ id: NUMBER.wabaId, changes: [change] }] });
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return postWebhook(webhook.url, { 'x-hub-signature-256': `sha256=${signature}` }, body);
}

/** Meta writes everything beyond ASCII as `\uXXXX`, and signs the bytes that it sends. */
function escaped(body: unknown): string {
  return JSON.stringify(body).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
