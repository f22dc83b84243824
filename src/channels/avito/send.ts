import type { Changed, Outbound, Outgoing, OutgoingFile, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { sentSchema } from './answers.ts';
import type { CallAvito } from './client.ts';
import { toRefused } from './errors.ts';
import { chatIdOf, messageIdOf } from './ids.ts';
import { PACE, refuses } from './limits.ts';
import type { AvitoAnswer } from './post.ts';

type Failed = Exclude<AvitoAnswer, { kind: 'ok' }>;

/** Avito deletes a message within an hour, and edits none. */
const REMOVE_HOURS = 1;

/**
 * Sends texts and pictures, and deletes what was sent. The chat has to be there: nobody can be written to first.
 * https://developers.avito.ru/api-catalog/messenger/documentation
 */
export function createAvitoOutbound(call: CallAvito): Outbound {
  async function post(credentials: Credentials, { to, content }: Outgoing, signal: AbortSignal): Promise<AvitoAnswer> {
    const path = `${chatPath(credentials, to[0].chatId)}/messages`;
    if (content.type === 'template') return { kind: 'refused', code: '400', description: 'Avito has no templates' };
    if (content.type === 'text') {
      return call(
        credentials,
        { method: 'POST', path, json: { type: 'text', message: { text: content.text } } },
        signal,
      );
    }
    const uploaded = await upload(credentials, content.file, signal);
    if (uploaded.kind !== 'uploaded') return uploaded;
    return call(credentials, { method: 'POST', path: `${path}/image`, json: { image_id: uploaded.id } }, signal);
  }

  /** https://developers.avito.ru/api-catalog/messenger/documentation#operation/uploadImages */
  async function upload(
    credentials: Credentials,
    { name, mimeType, size, open }: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Failed | { readonly kind: 'uploaded'; readonly id: string }> {
    const path = `messenger/v1/accounts/${userOf(credentials)}/uploadImages`;
    const file = { field: 'uploadfile[]', name, mimeType, size, open: () => open() };
    const answer = await call(credentials, { method: 'POST', path, file }, signal);
    if (answer.kind !== 'ok') return answer;
    // The names of the pictures by their sizes are their ids.
    const [id] = Object.keys(answer.result);
    const isId = id !== undefined && id.length > 0 && id.length <= 256;
    return isId ? { kind: 'uploaded', id } : { kind: 'unreachable', reason: 'an unreadable answer to an upload' };
  }

  return {
    refuses,
    reaches: (chatId) => chatIdOf(chatId) !== undefined,
    pace: PACE,
    removeHours: REMOVE_HOURS,

    async send(credentials, message, signal) {
      const answer = await post(credentials, message, signal);
      if (answer.kind !== 'ok') return toUnsent(answer);
      const id = messageIdOf(sentSchema.safeParse(answer.result).data?.id);
      if (id === undefined) return { kind: 'unreachable', reason: 'an unreadable answer to a message' };
      return { kind: 'sent', providerId: id };
    },

    async remove(credentials, { to }, providerId, signal): Promise<Changed> {
      const path = `${chatPath(credentials, to[0].chatId)}/messages/${encodeURIComponent(providerId)}`;
      const answer = await call(credentials, { method: 'POST', path }, signal);
      if (answer.kind === 'ok') return { kind: 'done' };
      const unsent = toUnsent(answer);
      return unsent.kind === 'refused' ? toUnremoved(unsent) : unsent;
    },
  };
}

function toUnsent(answer: Failed): Exclude<Sent, { kind: 'sent' }> {
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  if (answer.kind !== 'refused') return answer;
  return toRefused(answer);
}

/** Of a deletion the same codes speak of the message. */
function toUnremoved({ kind, refusal }: Extract<Sent, { kind: 'refused' }>): Changed {
  const reason = refusal.code === '404' ? 'MESSAGES_NOT_FOUND' : 'MESSAGES_DELETION_TIME_EXPIRED';
  return ['400', '403', '404', '422'].includes(refusal.code)
    ? { kind, refusal: { ...refusal, reason } }
    : { kind, refusal };
}

/** Ids of chats have signs that mean something else in an address. */
function chatPath(credentials: Credentials, chatId: string): string {
  return `messenger/v1/accounts/${userOf(credentials)}/chats/${encodeURIComponent(chatId)}`;
}

function userOf({ userId = '' }: Credentials): string {
  return encodeURIComponent(userId);
}
