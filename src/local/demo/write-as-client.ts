import { answerJson, type PlainAnswer } from '#local/server/gateway';
import type { DemoBotStores } from './bot-methods.ts';
import { DEMO_CLIENTS } from './kit/clients.ts';
import { aboutFile } from './kit/media-files.ts';
import { postWebhook } from './kit/post-webhook.ts';
import { readWritten, WRITE_THIS } from './kit/written.ts';
import type { DemoMessage, DemoWebhook } from './messenger-state.ts';

/**
 * Writes as a client: the registered webhook gets the message as Telegram would post it. The answer holds the webhook's
 * answer.
 */
export async function writeAsClient({ state, files }: DemoBotStores, body: unknown): Promise<PlainAnswer> {
  const webhook = state.webhook();
  if (!webhook) return answerJson(409, { error: 'NO_WEBHOOK', description: 'Nobody has called setWebhook' });
  const written = await readWritten(files, body);
  if (!written) return answerJson(400, { error: 'INVALID_REQUEST', description: WRITE_THIS });
  const { phone: _, ...client } = DEMO_CLIENTS[written.client];
  const said = { from: 'client', chat: client.id, text: written.text } as const;
  const kept = await state.addMessage(written.file ? { ...said, file: aboutFile(written.file) } : said);
  const update_id = await state.takeUpdateId();
  const { message_id, date } = kept;
  const chat = { ...client, type: 'private' };
  const message = { message_id, date, from: { ...client, is_bot: false }, chat, ...contentOf(kept) };
  return answerJson(200, { update_id, message, webhook: await post(webhook, { update_id, message }) });
}

/** The fields of Telegram for a text, and for files of the kinds that it tells apart. */
function contentOf({ text, file }: DemoMessage): Record<string, unknown> {
  if (!file) return { text };
  const { id: file_id, name: file_name, type: mime_type, size: file_size } = file;
  const caption = text === '' ? {} : { caption: text };
  const about = { file_id, file_unique_id: file_id, file_size };
  if (mime_type === 'image/jpeg' || mime_type === 'image/png')
    return { photo: [{ ...about, width: 64, height: 64 }], ...caption };
  if (mime_type === 'audio/ogg') return { voice: { ...about, mime_type, duration: 1 }, ...caption };
  return { document: { ...about, file_name, mime_type }, ...caption };
}

function post({ url, secret }: DemoWebhook, update: unknown) {
  return postWebhook(url, { 'x-telegram-bot-api-secret-token': secret }, JSON.stringify(update));
}
