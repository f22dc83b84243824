import * as z from 'zod';
import type { Answer } from '../http.ts';
import {
  type Bridge,
  type Fields,
  type Instance,
  jidOf,
  messageId,
  ok,
  type Person,
  Refused,
  type Stored,
} from './world.ts';

const quoted = z.object({ key: z.object({ id: z.string().min(1) }), message: z.unknown().optional() }).optional();
const delay = z.coerce.number().optional();
const number = z.string().min(1);

/** What each call takes, and nothing else: the bridge checks it by a schema of its own. */
const TEXT = z.strictObject({ number, text: z.string().min(1), delay, quoted, linkPreview: z.boolean().optional() });
const MEDIA = z.strictObject({
  number,
  mediatype: z.enum(['image', 'document', 'video', 'audio']),
  mimetype: z.string().optional(),
  media: z.string().min(1),
  fileName: z.string().optional(),
  caption: z.string().optional(),
  delay,
  quoted,
});
const AUDIO = z.strictObject({ number, audio: z.string().min(1), encoding: z.boolean().optional(), delay, quoted });
const EDIT = z.strictObject({
  number,
  text: z.string().min(1),
  key: z.strictObject({ id: z.string().min(1), remoteJid: z.string().min(1), fromMe: z.boolean() }),
});
const DELETE = z.strictObject({ id: z.string().min(1), remoteJid: z.string().min(1), fromMe: z.boolean() });
const WEBHOOK = z.strictObject({
  webhook: z.strictObject({
    enabled: z.boolean(),
    url: z.url(),
    headers: z.record(z.string(), z.string()).optional(),
    byEvents: z.boolean().optional(),
    base64: z.boolean().optional(),
    events: z.array(z.string().regex(/^[A-Z_]+$/)).optional(),
  }),
});
const FIND = z.object({
  where: z
    .object({ messageTimestamp: z.object({ gte: z.iso.datetime(), lte: z.iso.datetime() }).optional() })
    .optional(),
  page: z.int().min(1).optional(),
  offset: z.int().min(1).optional(),
});

const MOST_EDIT_MS = 15 * 60_000;

/** The fields of a call, as its schema wants them. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const messages = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Refused(400, 'Bad Request', messages);
}

/** Who has that address. A number that nobody has is refused, a hidden address never: the bridge cannot know. */
function personAt({ people }: Bridge, number: string): { readonly jid: string; readonly person?: Person | undefined } {
  const jid = jidOf(number);
  const [user] = jid.split('@');
  if (jid.endsWith('@lid')) return { jid, person: people.find(({ lid }) => lid === jid) };
  const person = people.find(({ phone }) => phone === user);
  if (!person) throw new Refused(400, 'Bad Request', [{ jid, exists: false, number }]);
  return { jid, person };
}

/** Sends, and keeps what was sent. Nothing goes out while the phone is not linked. */
export function send(
  bridge: Bridge,
  instance: Instance,
  path: string,
  body: unknown,
): { stored: Stored; fails: boolean } {
  const { number, message, quotes } = outgoingOf(path, body);
  const { jid, person } = personAt(bridge, number);
  if (instance.state !== 'open' || instance.isMute) throw new Refused(400, 'Bad Request', ['Error: Connection Closed']);
  const stored = store(bridge, instance, { id: messageId(), fromMe: true, remoteJid: jid }, message, {
    ...(quotes !== undefined && { stanzaId: quotes }),
  });
  return { stored, fails: person?.onlyByLid === true && !jid.endsWith('@lid') };
}

function outgoingOf(path: string, body: unknown): { number: string; message: Fields; quotes?: string | undefined } {
  switch (path) {
    case 'message/sendText': {
      const { number, text, quoted } = read(TEXT, body);
      return { number, message: { conversation: text }, quotes: quoted?.key.id };
    }
    case 'message/sendMedia': {
      const { number, mediatype, mimetype, media, fileName, caption, quoted } = read(MEDIA, body);
      checkMedia(media);
      const part = { mimetype, fileName, caption, url: media };
      return { number, message: { [`${mediatype}Message`]: part }, quotes: quoted?.key.id };
    }
    default: {
      const { number, audio, quoted } = read(AUDIO, body);
      checkMedia(audio);
      return { number, message: { audioMessage: { ptt: true, url: audio } }, quotes: quoted?.key.id };
    }
  }
}

/** An address, or the file itself in base64. */
function checkMedia(media: string): void {
  const isLink = /^https?:\/\//.test(media);
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(media);
  if (!isLink && !isBase64) throw new Refused(400, 'Bad Request', ['Owned media must be a url or base64']);
}

export function store(
  { clock }: Bridge,
  instance: Instance,
  key: Stored['key'],
  message: Fields,
  contextInfo: Fields = {},
  pushName: string | null = null,
): Stored {
  const stored: Stored = {
    id: `c${instance.messages.length}`,
    key,
    pushName,
    messageType: Object.keys(message).find((name) => name !== 'messageContextInfo') ?? 'unknown',
    message,
    messageTimestamp: Math.floor(clock.now() / 1000),
    instanceId: instance.id,
    source: key.fromMe ? 'unknown' : 'android',
    contextInfo: Object.keys(contextInfo).length > 0 ? contextInfo : null,
    MessageUpdate: [],
  };
  instance.messages.push(stored);
  return stored;
}

export function edit({ clock }: Bridge, instance: Instance, body: unknown): Stored {
  const { number, key, text } = read(EDIT, body);
  const stored = instance.messages.find((one) => one.key.id === key.id);
  if (!stored) throw new Refused(404, 'Not Found', ['Message not found']);
  if (stored.key.remoteJid !== jidOf(number)) throw new Refused(400, 'Bad Request', ['RemoteJid does not match']);
  if (clock.now() - stored.messageTimestamp * 1000 > MOST_EDIT_MS) {
    throw new Refused(400, 'Bad Request', ['Message is older than 15 minutes']);
  }
  stored.message = { conversation: text };
  stored.messageTimestamp = Math.floor(clock.now() / 1000);
  stored.MessageUpdate = [...stored.MessageUpdate, { status: 'EDITED' }];
  return stored;
}

export function remove(instance: Instance, body: unknown): Stored | undefined {
  const { id } = read(DELETE, body);
  const at = instance.messages.findIndex((one) => one.key.id === id);
  return at < 0 ? undefined : instance.messages.splice(at, 1)[0];
}

export function setWebhook(instance: Instance, body: unknown): Answer {
  const { enabled, url, headers = {}, byEvents = false, base64 = false, events = [] } = read(WEBHOOK, body).webhook;
  instance.webhook = { enabled, url, headers, events, webhookBase64: base64, webhookByEvents: byEvents };
  return ok({ id: 'w1', ...instance.webhook, instanceId: instance.id }, 201);
}

/** The newest first, a page at a time. Without both ends of the time it takes no account of it. */
export function find(instance: Instance, body: unknown): Answer {
  const { where, page = 1, offset = 50 } = read(FIND, body);
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  const { gte, lte } = where?.messageTimestamp ?? {};
  const all = instance.messages
    .filter(({ messageTimestamp: at }) => !gte || !lte || (at >= seconds(gte) && at <= seconds(lte)))
    .toSorted((a, b) => b.messageTimestamp - a.messageTimestamp);
  const records = all.slice((page - 1) * offset, page * offset);
  return ok({
    messages: { total: all.length, pages: Math.ceil(all.length / offset), currentPage: page, records },
  });
}

/** The file of a message, as one text. */
export function openFile({ files }: Bridge, body: unknown): Answer {
  const schema = z.object({ message: z.object({ key: z.object({ id: z.string() }) }) });
  const file = files.get(read(schema, body).message.key.id);
  if (!file) throw new Refused(400, 'Bad Request', ['Message not found']);
  const { bytes, mimetype, fileName } = file;
  return ok(
    {
      mediaType: 'documentMessage',
      fileName,
      size: { fileLength: String(bytes.length) },
      mimetype,
      base64: Buffer.from(bytes).toString('base64'),
      buffer: null,
    },
    201,
  );
}
