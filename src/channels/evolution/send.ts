import * as z from 'zod/mini';
import { reasonOf } from '#calls/errors';
import type { Changed, Outbound, Outgoing, OutgoingFile, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import type { BridgeAnswer } from './answers.ts';
import type { CallBridge } from './client.ts';
import { meaningOf, toUnsent } from './errors.ts';
import { isLid, jidOf, messageIdOf } from './ids.ts';
import { PACE, refuses } from './limits.ts';

/** WhatsApp takes an edit for so long: https://faq.whatsapp.com/1156733551717297 */
const EDIT_HOURS = 0.25;
/** … and a deletion for two days and a half. */
const REMOVE_HOURS = 60;
const LONGEST_NAME = 240;

const sentSchema = z.object({ key: z.object({ id: z.string() }) });

type Unsent = Exclude<BridgeAnswer, { kind: 'ok' }>;

/**
 * Sends by the bridge, as the phone itself. https://doc.evolution-api.com/v2/api-reference/message-controller/send-text
 */
export function createEvolutionOutbound(call: CallBridge): Outbound {
  /** Tries the person's addresses in order. It goes on to the next one if the bridge knows nobody at this one. */
  async function toFirst(
    { to, via }: Pick<Outgoing, 'to' | 'via'>,
    send: (jid: string) => Promise<BridgeAnswer>,
  ): Promise<BridgeAnswer> {
    let answer: BridgeAnswer = NO_ADDRESS;
    for (const jid of jidsOf(to, via)) {
      answer = await send(jid);
      if (!isNobodys(answer)) return answer;
    }
    return answer;
  }

  async function change(
    message: Pick<Outgoing, 'to' | 'via'>,
    send: (jid: string) => Promise<BridgeAnswer>,
  ): Promise<Changed> {
    const answer = await toFirst(message, send);
    return answer.kind === 'ok' ? { kind: 'done' } : toUnsent(answer);
  }

  return {
    refuses,
    reaches: (chatId) => jidOf(chatId) !== undefined,
    pace: PACE,
    // A bridge holds the call while it types, and while it looks for the person: 31 s have been seen (evo#2192).
    answersSlowly: true,

    async send(credentials, message, signal) {
      const body = await bodyOf(message).catch((error) => ({ kind: 'unreachable', reason: reasonOf(error) }) as const);
      if ('kind' in body) return body;
      const answer = await toFirst(message, (number) =>
        call(credentials, { method: 'POST', path: body.path, json: { number, ...body.json } }, signal),
      );
      return answer.kind === 'ok' ? toSent(answer.result) : toUnsent(answer);
    },

    edit: (credentials, message, providerId, signal) => {
      const { content } = message;
      if (content.type !== 'text') return Promise.resolve(ONLY_TEXT);
      return change(message, (jid) => edit(credentials, jid, providerId, content.text, signal));
    },
    editHours: EDIT_HOURS,

    remove: (credentials, message, providerId, signal) =>
      change(message, (remoteJid) =>
        call(
          credentials,
          {
            method: 'DELETE',
            path: 'chat/deleteMessageForEveryone',
            json: { id: providerId, remoteJid, fromMe: true },
          },
          signal,
        ),
      ),
    removeHours: REMOVE_HOURS,
  };

  function edit(credentials: Credentials, jid: string, id: string, text: string, signal: AbortSignal) {
    const json = { number: jid, key: { id, remoteJid: jid, fromMe: true }, text };
    return call(credentials, { method: 'POST', path: 'chat/updateMessage', json }, signal);
  }
}

const NO_ADDRESS: Unsent = {
  kind: 'refused',
  code: '400',
  description: 'The number is not at WhatsApp',
};

const ONLY_TEXT: Changed = {
  kind: 'refused',
  refusal: { reason: 'MESSAGES_ONLY_TEXT_OR_CONTENT', code: '400', description: 'Only words can be changed' },
};

/**
 * The addresses to try, best first: the one that the person last wrote from, then hidden ones, then phone numbers. A
 * message to the number of somebody with a hidden address may be lost without a word: evo#2629, evo#2588.
 */
function jidsOf(to: Outgoing['to'], via: string | undefined): string[] {
  const jids = [via, ...to.map(({ chatId }) => chatId)].flatMap((id) => (id && jidOf(id)) || []);
  const [last, ...others] = via === undefined ? [undefined, ...jids] : jids;
  const hidden = others.filter((jid) => jid !== undefined && isLid(jid));
  return [...new Set([last, ...hidden, ...others])].filter((jid) => jid !== undefined);
}

function isNobodys(answer: BridgeAnswer): boolean {
  if (answer.kind !== 'refused') return false;
  const { scope, reason } = meaningOf(answer);
  // An edit names the chat, and the bridge knows the message by one address of it only.
  return (scope === 'person' && reason === 'BAD_CONTACT') || /RemoteJid does not match/i.test(answer.description);
}

interface Body {
  readonly path: string;
  readonly json: object;
}

async function bodyOf({ content, quotes }: Outgoing): Promise<Body> {
  const quoted = quotes === undefined ? {} : { quoted: { key: { id: quotes } } };
  switch (content.type) {
    case 'text':
      return { path: 'message/sendText', json: { text: content.text, ...quoted } };
    case 'file':
      return fileBodyOf(content.file, quoted);
    case 'template':
      // `refuses` says no before.
      return { path: 'message/sendText', json: { text: '', ...quoted } };
    default:
      return content satisfies never;
  }
}

/** The bridge fetches a file by its link. Where there is none, the file itself is in the call. */
async function fileBodyOf(file: OutgoingFile, quoted: object): Promise<Body> {
  const media = file.link ?? (await base64Of(file));
  if (file.kind === 'voice')
    return { path: 'message/sendWhatsAppAudio', json: { audio: media, encoding: true, ...quoted } };
  const { kind: mediatype, mimeType: mimetype } = file;
  return {
    path: 'message/sendMedia',
    json: { mediatype, mimetype, media, fileName: cut(file.name, LONGEST_NAME), ...quoted },
  };
}

async function base64Of(file: OutgoingFile): Promise<string> {
  return Buffer.concat(await Array.fromAsync(await file.open())).toString('base64');
}

function toSent(result: unknown): Sent {
  const id = messageIdOf(sentSchema.safeParse(result).data?.key.id);
  if (id === undefined) return { kind: 'unreachable', reason: 'an unreadable answer to a message' };
  return { kind: 'sent', providerId: id };
}
