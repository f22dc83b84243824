import * as z from 'zod/mini';
import { PrivateAddressError } from '#calls/errors';
import type { Inbound, OpenedFile } from '#channels/inbound';
import type { Credentials } from '#channels/terms';
import { BAD_TOKEN, type BotAnswer, type CallBotApi, TELEGRAM_URL } from './client.ts';

/** Telegram gives out files up to this size: https://core.telegram.org/bots/api#getfile */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

// https://core.telegram.org/bots/api#file; the path is a part of an address, so it leads nowhere else.
const fileSchema = z.object({
  file_path: z.string().check(z.minLength(1), z.maxLength(1024), z.regex(/^(?![/.])(?!.*\/[./])[^\\?#\p{Cc}]+$/u)),
  file_size: z.catch(z.optional(z.int()), undefined),
});

/**
 * Makes `openFile`: asks where the file is, and reads it there. An address is good for an hour, so it is asked for each
 * time. It holds the token, so no redirect is followed: https://core.telegram.org/bots/api#getfile
 */
export function createOpenFile(
  call: CallBotApi,
  fetch: typeof globalThis.fetch,
  apiUrl: string = TELEGRAM_URL,
): NonNullable<Inbound['openFile']> {
  async function read(
    { botToken = '', apiBaseUrl = apiUrl }: Credentials,
    path: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return fetch(`${apiBaseUrl}/file/bot${botToken}/${encoded}`, { redirect: 'manual', signal });
  }

  return async function openFile(credentials, fileId, signal) {
    const answer = await call(credentials, 'getFile', { file_id: fileId }, signal);
    if (answer.kind !== 'ok') return notOpened(answer);
    const file = fileSchema.safeParse(answer.result);
    // A server of one's own may keep files to itself, and tells where they lie on its disk.
    if (!file.success) return { kind: 'gone', why: 'Telegram names no address for the file' };
    const { file_path, file_size } = file.data;
    try {
      const response = await read(credentials, file_path, signal);
      if (response.status === 200 && response.body) {
        return { kind: 'file', body: response.body, ...(file_size !== undefined && { size: file_size }) };
      }
      await response.body?.cancel();
      return response.status === 401 ? { kind: 'unauthorized' } : LATER;
    } catch (error) {
      return error instanceof PrivateAddressError ? { kind: 'gone', why: error.message } : LATER;
    }
  };
}

/** The caller waits longer from one try to the next. */
const LATER = { kind: 'later', afterSeconds: 0 } as const;

function notOpened(answer: Exclude<BotAnswer, { kind: 'ok' }>): OpenedFile {
  if (answer.kind === 'throttled') return { kind: 'later', afterSeconds: answer.retryAfterSeconds };
  if (answer.kind === 'unreachable') return LATER;
  if (BAD_TOKEN.includes(answer.code)) return { kind: 'unauthorized' };
  if (/too big/i.test(answer.description)) return { kind: 'gone', why: 'Telegram gives out no files above 20 MB' };
  if (answer.fields) return { kind: 'gone', why: answer.description };
  // "wrong file_id or the file is temporarily unavailable" is one description for both.
  return LATER;
}
