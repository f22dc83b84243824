import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient } from './clients.ts';
import type { DemoWebhook, MessengerState } from './messenger-state.ts';

const WEBHOOK_MS = 15_000;

const writeSchema = z.object({
  text: z.string().check(z.minLength(1), z.maxLength(4096)),
  client: z._default(z.enum(Object.keys(DEMO_CLIENTS) as DemoClient[]), 'anna'),
});

/**
 * Writes as a client: the registered webhook gets the message as Telegram would post it. The answer holds the webhook's
 * answer.
 */
export async function writeAsClient(state: MessengerState, parameters: unknown): Promise<PlainAnswer> {
  const read = writeSchema.safeParse(parameters);
  if (!read.success)
    return answerJson(400, { error: 'INVALID_REQUEST', description: 'Send {"text": "…", "client": "anna"}' });
  const webhook = state.webhook();
  if (!webhook) return answerJson(409, { error: 'NO_WEBHOOK', description: 'Nobody has called setWebhook' });
  const client = DEMO_CLIENTS[read.data.client];
  const { message_id, date, text } = await state.addMessage('client', client.id, read.data.text);
  const update_id = await state.takeUpdateId();
  const chat = { ...client, type: 'private' };
  const message = { message_id, date, from: { ...client, is_bot: false }, chat, text };
  return answerJson(200, { update_id, message, webhook: await post(webhook, { update_id, message }) });
}

async function post({ url, secret }: DemoWebhook, update: unknown) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(WEBHOOK_MS),
    });
    return { url, status: response.status, body: await response.text() };
  } catch {
    return { url, status: 0, body: 'The webhook did not answer' };
  }
}
