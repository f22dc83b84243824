import type { Inbound, OpenedFile } from '#channels/inbound';
import { openAddress } from '#channels/open-address';
import type { Credentials } from '#channels/terms';
import { voicesSchema } from './answers.ts';
import type { CallAvito } from './client.ts';
import { meaningOf } from './errors.ts';
import { VOICE } from './parts.ts';
import type { AvitoAnswer } from './post.ts';

/**
 * Opens pictures by their addresses, which need no token, and voice messages by an address that is asked for each time: it
 * is good for an hour. https://developers.avito.ru/api-catalog/messenger/documentation#operation/getVoiceFiles
 */
export function createOpenFile(fetch: typeof globalThis.fetch, call: CallAvito): NonNullable<Inbound['openFile']> {
  async function voiceUrl(
    credentials: Credentials,
    voiceId: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'address'; readonly url: string } | OpenedFile> {
    const path = `messenger/v1/accounts/${encodeURIComponent(credentials.userId ?? '')}/getVoiceFiles`;
    const answer = await call(credentials, { method: 'GET', path, query: { voice_ids: voiceId } }, signal);
    if (answer.kind !== 'ok') return withoutFile(answer);
    const read = voicesSchema.safeParse(answer.result);
    if (!read.success) return LATER;
    const url = Object.hasOwn(read.data.voices_urls, voiceId) ? read.data.voices_urls[voiceId] : undefined;
    return url === undefined ? { kind: 'gone', why: NO_VOICE } : { kind: 'address', url };
  }

  return async (credentials, fileId, signal) => {
    if (!fileId.startsWith(VOICE)) return openAddress(fetch, fileId, signal, { why: 'Avito has the picture no more' });
    const found = await voiceUrl(credentials, fileId.slice(VOICE.length), signal);
    if (found.kind !== 'address') return found;
    // An address that has ended says nothing: the next try asks for another one.
    const opened = await openAddress(fetch, found.url, signal, { why: NO_VOICE, statuses: [] });
    return opened.kind === 'file' ? { ...opened, mimeType: 'audio/mp4' } : opened;
  };
}

const NO_VOICE = 'Avito has no such voice message';

/** The caller waits longer from one try to the next. */
const LATER = { kind: 'later', afterSeconds: 0 } as const;

function withoutFile(answer: Exclude<AvitoAnswer, { kind: 'ok' }>): OpenedFile {
  if (answer.kind === 'throttled') return { kind: 'later', afterSeconds: answer.retryAfterSeconds };
  if (answer.kind === 'unreachable') return LATER;
  if (meaningOf(answer).kind === 'unauthorized') return { kind: 'unauthorized' };
  if (answer.fields) return { kind: 'gone', why: answer.description };
  return ['403', '404'].includes(answer.code) ? { kind: 'gone', why: NO_VOICE } : LATER;
}
