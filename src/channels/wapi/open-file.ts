import * as z from 'zod/mini';
import { PrivateAddressError } from '#calls/errors';
import { lenient } from '#calls/lenient';
import type { OpenedFile } from '#channels/inbound';
import { type CallGraph, GRAPH_URL, type GraphAnswer, META_VERSION } from '#channels/meta/client';
import { meaningOf } from '#channels/meta/codes';
import type { Credentials } from '#channels/terms';

/**
 * The media node. Its address lives for five minutes, and needs the token too. Meta writes the size as a number or as
 * text. https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
const mediaSchema = z.object({
  url: z.string().check(z.maxLength(4096)),
  mime_type: lenient(z.string().check(z.maxLength(256))),
  sha256: lenient(z.string().check(z.maxLength(128))),
  file_size: lenient(z.union([z.int(), z.string().check(z.regex(/^\d{1,15}$/))])),
});

/** Where Meta keeps files. The token goes to no other host. */
const MEDIA_HOSTS: readonly string[] = ['graph.facebook.com', 'lookaside.fbsbx.com'];
/** Without a name of the program, Meta's file server answers with a page of its own. */
const USER_AGENT = `Konvert/1 (Graph ${META_VERSION})`;
/** Codes of an id that was never there, is not this number's, or has ended after 7 days. */
const GONE: readonly string[] = ['33', '100', '131052', '131053'];
const ENDED = 'WhatsApp gives out a file for 7 days';
/** The largest file that a client can send: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** Opens files of clients. The address is asked for anew each time, because it ends soon. */
export function createOpenFile(fetch: typeof globalThis.fetch, call: CallGraph, apiUrl: string = GRAPH_URL) {
  return async (credentials: Credentials, fileId: string, signal: AbortSignal): Promise<OpenedFile> => {
    const query = { phone_number_id: credentials.phoneNumberId ?? '' };
    const answer = await call(credentials, { method: 'GET', path: encodeURIComponent(fileId), query }, signal);
    if (answer.kind !== 'ok') return withoutFile(answer);
    const media = mediaSchema.safeParse(answer.result).data;
    const own = new URL(credentials.apiBaseUrl ?? apiUrl).origin;
    if (!media || !isMetas(media.url, own)) return later();
    try {
      const response = await fetch(media.url, {
        headers: { authorization: `Bearer ${credentials.accessToken ?? ''}`, 'user-agent': USER_AGENT },
        redirect: 'manual',
        signal,
      });
      return toOpened(response, media);
    } catch (error) {
      return error instanceof PrivateAddressError ? { kind: 'gone', why: error.message } : later();
    }
  };
}

function withoutFile(answer: Exclude<GraphAnswer, { kind: 'ok' }>): OpenedFile {
  if (answer.kind === 'throttled') return later(answer.retryAfterSeconds);
  if (answer.kind === 'unreachable') return later();
  // A wrong proof has the code of a wrong id.
  const isProof = /appsecret_proof/i.test(answer.description);
  if (isProof || meaningOf(answer.code)?.kind === 'unauthorized') return { kind: 'unauthorized' };
  if (answer.fields) return { kind: 'gone', why: answer.description };
  return GONE.includes(answer.code) ? { kind: 'gone', why: ENDED } : later();
}

async function toOpened(response: Response, media: z.infer<typeof mediaSchema>): Promise<OpenedFile> {
  const { status, body } = response;
  if (status === 200 && body) {
    const { mime_type, sha256, file_size } = media;
    const digest = hexOf(sha256);
    return {
      kind: 'file',
      body,
      ...(mime_type !== undefined && { mimeType: mime_type }),
      ...(file_size !== undefined && { size: Number(file_size) }),
      ...(digest !== undefined && { sha256: digest }),
    };
  }
  await body?.cancel();
  if (status === 404 || status === 410) return { kind: 'gone', why: ENDED };
  return status === 401 ? { kind: 'unauthorized' } : later();
}

function isMetas(url: string, own: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, origin } = new URL(url);
  // The origin and not the host alone: the token must not go there unencrypted.
  return (protocol === 'https:' && MEDIA_HOSTS.includes(host)) || origin === own;
}

/** Meta writes it in hex digits, in webhooks in base64. */
function hexOf(sha256: string | undefined): string | undefined {
  if (sha256 === undefined) return undefined;
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  const bytes = Buffer.from(sha256, 'base64');
  return bytes.length === 32 ? bytes.toString('hex') : undefined;
}

/** Without a time that Meta names, the caller waits longer from one try to the next. */
function later(afterSeconds = 0): OpenedFile {
  return { kind: 'later', afterSeconds };
}
