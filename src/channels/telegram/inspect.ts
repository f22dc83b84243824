import type { Inspected } from '#channels/channel';
import { notInspected } from '#channels/result-of';
import { hostOf } from '#channels/webhook-address';
import { BAD_TOKEN, type BotAnswer } from './client.ts';
import { ALLOWED_UPDATES } from './get-updates.ts';
import { webhookInfoSchema } from './schema.ts';

/** What `getWebhookInfo` says of the webhook `url`: https://core.telegram.org/bots/api#webhookinfo */
export function toInspected(answer: BotAnswer, url: string): Inspected {
  if (answer.kind !== 'ok') return notInspected(answer, ({ code }) => BAD_TOKEN.includes(code));
  const read = webhookInfoSchema.safeParse(answer.result);
  return read.success ? judge(read.data, url) : { kind: 'unknown', why: 'an unreadable answer to getWebhookInfo' };
}

interface WebhookInfo {
  readonly url?: string | undefined;
  readonly allowed_updates?: readonly string[] | undefined;
}

function judge({ url: current = '', allowed_updates: allowed }: WebhookInfo, url: string): Inspected {
  if (current === '') return { kind: 'deaf', why: 'The bot has no webhook' };
  // The whole address may hold another program's secret.
  if (current !== url) return { kind: 'elsewhere', why: `The webhook of the bot leads to ${hostOf(current)}` };
  const missing = allowed ? ALLOWED_UPDATES.filter((name) => !allowed.includes(name)) : [];
  return missing.length === 0
    ? { kind: 'listening' }
    : { kind: 'deaf', why: `The webhook is not called for ${missing.join(', ')}` };
}
