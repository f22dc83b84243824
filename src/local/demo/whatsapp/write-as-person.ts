import { createHash } from 'node:crypto';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS } from '../kit/clients.ts';
import { aboutFile, type DemoFile } from '../kit/media-files.ts';
import { readWritten, WRITE_THIS } from '../kit/written.ts';
import type { DemoNumberStores } from './graph-answers.ts';
import { tell } from './webhook.ts';

/** Writes as a client: the address that was registered gets the message as Meta would post it. */
export async function writeAsPerson(stores: DemoNumberStores, body: unknown): Promise<PlainAnswer> {
  const { state, files, appSecret } = stores;
  if (!state.webhook()) return answerJson(409, { error: 'NO_WEBHOOK', description: 'No app is subscribed' });
  const written = await readWritten(files, body);
  if (!written) return answerJson(400, { error: 'INVALID_REQUEST', description: WRITE_THIS });
  const { text, file } = written;
  const { phone, first_name, last_name } = DEMO_CLIENTS[written.client];
  const said = { from: 'client', phone, text } as const;
  const kept = await state.addMessage(file ? { ...said, file: aboutFile(file) } : said);
  const message = { from: phone, id: kept.id, timestamp: String(kept.timestamp), ...contentOf(text, file) };
  const contacts = [{ profile: { name: `${first_name} ${last_name}` }, wa_id: phone }];
  const webhook = await tell(state, appSecret, { contacts, messages: [message] });
  return answerJson(200, { message: { ...message, date: kept.timestamp }, webhook });
}

/** The fields of WhatsApp for a text, and for files of the kinds that it tells apart. */
function contentOf(text: string, file: DemoFile | undefined): Record<string, unknown> {
  if (!file) return { type: 'text', text: { body: text } };
  const kind = kindOf(file.type);
  const sha256 = createHash('sha256').update(file.bytes).digest('base64');
  const about = { id: file.id, mime_type: file.type, sha256, ...(text !== '' && { caption: text }) };
  return { type: kind, [kind]: kind === 'document' ? { ...about, filename: file.name } : about };
}

function kindOf(type: string): 'image' | 'audio' | 'video' | 'document' {
  if (type === 'image/jpeg' || type === 'image/png') return 'image';
  if (type.startsWith('audio/')) return 'audio';
  return type.startsWith('video/') ? 'video' : 'document';
}
