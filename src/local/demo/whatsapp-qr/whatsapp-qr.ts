import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS, type DemoClient } from '../kit/clients.ts';
import type { DemoKind, Desk, KindCall, KindWebhook, Posted } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';
import { codeOf, isLinked, playPhone } from './phone.ts';

const INSTANCE = 'demo';
const OWNER = '79005550190@s.whatsapp.net';
/** Whatever a program may want to be told of. */
const EVENTS = [
  ...['MESSAGES_UPSERT', 'MESSAGES_SET', 'MESSAGES_UPDATE', 'MESSAGES_EDITED', 'MESSAGES_DELETE', 'SEND_MESSAGE'],
  ...['SEND_MESSAGE_UPDATE', 'CALL', 'CONNECTION_UPDATE', 'QRCODE_UPDATED', 'LOGOUT_INSTANCE'],
];

const webhookSchema = z.object({
  webhook: z.object({ enabled: z.boolean(), url: z.string(), headers: z.optional(z.object({ jwt_key: z.string() })) }),
});
const textSchema = z.object({ number: z.string(), text: z.string() });
const mediaSchema = z.object({
  number: z.string(),
  media: z.string(),
  mimetype: z._default(z.string(), 'application/octet-stream'),
  fileName: z._default(z.string(), 'file'),
});
const voiceSchema = z.object({ number: z.string(), audio: z.string() });
const openSchema = z.object({ message: z.object({ key: z.object({ id: z.string() }) }) });
const findSchema = z.object({
  where: z.object({ messageTimestamp: z.object({ gte: z.string() }) }),
});

/**
 * A stand-in for a bridge to a phone with WhatsApp. Its code was scanned already; `/phone` ends the link and scans anew:
 * https://doc.evolution-api.com/v2/api-reference
 */
export const whatsappQr: DemoKind = {
  name: 'whatsapp-qr',
  transport: 'whatsapp',
  chatType: 'whatsapp',
  channelName: 'Demo WhatsApp phone',
  addressField: 'serverUrl',
  credentials: ({ secret }) => ({ instance: INSTANCE, apiKey: secret }),
  chatOf: (client) => DEMO_CLIENTS[client].phone,
  said: (message, { to }) => event('messages.upsert', asBridge(message), to),
  told: (message, { to }) =>
    ['DELIVERY_ACK', 'READ'].map((status) => {
      const { id: keyId, remoteJid, fromMe } = asBridge(message).key;
      return event('messages.update', { keyId, remoteJid, fromMe, status }, to);
    }),
  isKnown: ({ headers }, { secret }) => headers.apikey === secret,
  stranger: no(401, 'Unauthorized'),
  play: (call, desk) => playPhone(call, desk, (state) => tellState(desk, state)),
  answer,
};

async function answer({ method, path, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  switch (`${method} ${path.replace(new RegExp(`/${INSTANCE}$`), '')}`) {
    case 'GET /instance/connectionState':
      return answerJson(200, { instance: { instanceName: INSTANCE, state: stateOf(desk) } });
    case 'GET /instance/connect': {
      const linked = { instance: { instanceName: INSTANCE, state: 'open' } };
      return answerJson(200, isLinked(desk) ? linked : { pairingCode: null, code: codeOf(desk), count: 1 });
    }
    case 'GET /instance/fetchInstances': {
      const ownerJid = isLinked(desk) ? OWNER : null;
      return answerJson(200, [
        { name: INSTANCE, connectionStatus: stateOf(desk), ownerJid, profileName: 'Demo phone' },
      ]);
    }
    case 'GET /webhook/find': {
      const { url } = desk.webhook() ?? {};
      return answerJson(200, url === undefined ? null : { enabled: true, url, events: EVENTS });
    }
    case 'POST /webhook/set':
      return setWebhook(desk, sent);
    case 'POST /chat/fetchBusinessProfile':
      return answerJson(200, { isBusiness: false });
    case 'POST /chat/findMessages':
      return find(desk, sent);
    case 'POST /chat/getBase64FromMediaMessage':
      return openFile(desk, sent);
    case 'POST /message/sendText': {
      const { number = '', text = '' } = textSchema.safeParse(sent).data ?? {};
      return deliver(desk, number, text);
    }
    case 'POST /message/sendMedia': {
      const { number = '', media = '', mimetype = '', fileName = '' } = mediaSchema.safeParse(sent).data ?? {};
      return deliver(desk, number, '', { media, type: mimetype, name: fileName });
    }
    case 'POST /message/sendWhatsAppAudio': {
      const { number = '', audio: media = '' } = voiceSchema.safeParse(sent).data ?? {};
      return deliver(desk, number, '', { media, type: 'audio/ogg', name: 'voice.ogg' });
    }
    default:
      return no(404, `Cannot ${method} ${path}`);
  }
}

function stateOf(desk: Desk): 'open' | 'connecting' {
  return isLinked(desk) ? 'open' : 'connecting';
}

/** The bridge tells what became of the link to its phone. */
async function tellState(desk: Desk, state: object): Promise<void> {
  const to = desk.webhook();
  if (to) await desk.post(to.url, event('connection.update', { instance: INSTANCE, ...state }, to));
}

/** `jwt_key` is what its webhooks are signed with. */
async function setWebhook(desk: Desk, sent: unknown): Promise<PlainAnswer> {
  const { webhook } = webhookSchema.safeParse(sent).data ?? {};
  if (!webhook) return no(400, 'Bad Request');
  const { enabled, url, headers } = webhook;
  await desk.setWebhook(enabled ? { url, secret: headers?.jwt_key ?? '' } : undefined);
  return answerJson(201, { enabled, url });
}

/** `media` is an address, or the file itself in base64. */
async function deliver(
  desk: Desk,
  number: string,
  text: string,
  given?: { readonly media: string; readonly type: string; readonly name: string },
): Promise<PlainAnswer> {
  const chatId = number.split('@')[0] ?? '';
  // Konvert tries again until the code is scanned.
  if (!isLinked(desk)) return no(400, 'Error: Connection Closed');
  const file = given && (await fileOf(desk, given));
  const delivered = await desk.deliver({ chatId, text, ...(file && { file }) });
  if (delivered === 'refused' || delivered === 'nobody') return no(400, { exists: false, jid: number, number: chatId });
  return answerJson(201, { ...asBridge(delivered), status: 'PENDING' });
}

async function fileOf(
  { files }: Desk,
  { media, type, name }: { readonly media: string; readonly type: string; readonly name: string },
) {
  if (/^https?:/.test(media)) return { url: media };
  return { id: (await files.add({ name, type, bytes: Buffer.from(media, 'base64') })).id };
}

/** Files are given out by the ids of their messages. */
async function openFile({ files, messages }: Desk, sent: unknown): Promise<PlainAnswer> {
  const { id } = openSchema.safeParse(sent).data?.message.key ?? {};
  const file = await files.get(messages().find((message) => idOf(message) === id)?.file?.id ?? '');
  if (!file) return no(400, 'Message not found');
  const base64 = Buffer.from(file.bytes).toString('base64');
  return answerJson(201, { mediaType: 'x', fileName: file.name, mimetype: file.type, base64 });
}

/** What was said since, the newest first. */
function find({ messages }: Desk, sent: unknown): PlainAnswer {
  const { gte = '' } = findSchema.safeParse(sent).data?.where.messageTimestamp ?? {};
  const found = messages().filter(({ at }) => at >= Date.parse(gte));
  const records = found.map(asBridge).reverse();
  return answerJson(200, { messages: { total: records.length, pages: 1, currentPage: 1, records } });
}

function asBridge(message: DemoMessage) {
  const { client, from, at, text, file } = message;
  const remoteJid = `${DEMO_CLIENTS[client].phone}@s.whatsapp.net`;
  const key = { id: idOf(message), remoteJid, fromMe: from === 'company', addressingMode: 'pn' };
  const said = file ? fileMessage(file, text) : { conversation: text };
  return { key, pushName: nameOf(client), message: said, messageTimestamp: Math.floor(at / 1000) };
}

function fileMessage({ type, name, size }: NonNullable<DemoMessage['file']>, caption: string): object {
  const about = { mimetype: type, fileLength: String(size), ...(caption !== '' && { caption }) };
  if (/^image\/(jpeg|png)$/.test(type)) return { imageMessage: about };
  if (type.startsWith('audio/')) return { audioMessage: { ...about, ptt: type === 'audio/ogg' } };
  if (type.startsWith('video/')) return { videoMessage: about };
  return { documentMessage: { ...about, fileName: name } };
}

function event(name: string, data: unknown, { url, secret }: KindWebhook): Posted {
  const date_time = new Date().toISOString();
  const body = { event: name, instance: INSTANCE, data, destination: url, date_time, sender: OWNER };
  return { headers: { authorization: `Bearer ${tokenOf(secret)}` }, body: JSON.stringify(body) };
}

/** A token that ends after ten minutes. */
function tokenOf(key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000);
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iat, exp: iat + 600, app: 'evolution' })}`;
  return `${said}.${createHmac('sha256', key).update(said).digest('base64url')}`;
}

function idOf({ id }: DemoMessage): string {
  return `3EB0${id.toString(16).toUpperCase().padStart(16, '0')}`;
}

function nameOf(client: DemoClient): string {
  const { first_name, last_name } = DEMO_CLIENTS[client];
  return `${first_name} ${last_name}`;
}

function no(status: number, message: unknown): PlainAnswer {
  return answerJson(status, { status, error: 'Refused', response: { message: [message] } });
}
