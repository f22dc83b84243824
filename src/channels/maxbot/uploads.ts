import { randomUUID } from 'node:crypto';
import { PrivateAddressError, reasonOf } from '#calls/errors';
import { formOf } from '#calls/multipart';
import { readJson } from '#calls/read-json';
import { isSafeAddress } from '#channels/base-url';
import type { OutgoingFile } from '#channels/outbound';
import { privateAddress } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { type CallMax, type FetchFor, MAX_URL, type MaxAnswer } from './client.ts';
import { uploadedSchema, uploadSchema } from './schema.ts';

/** What MAX shows a file as: https://dev.max.ru/docs-api/use-cases/sending-messages/attachment-types */
export type UploadType = 'image' | 'video' | 'audio' | 'file';

/** The result of an upload: the token to send the file by, or why there is none. */
export type Uploaded = { readonly kind: 'uploaded'; readonly token: string } | Exclude<MaxAnswer, { kind: 'ok' }>;

/** Uploads a file for one bot, which alone may send it then. */
export type Upload = (
  credentials: Credentials,
  file: OutgoingFile,
  as: UploadType,
  signal: AbortSignal,
) => Promise<Uploaded>;

const MAX_ANSWER_BYTES = 256 * 1024;

const FORMATS: readonly (readonly [UploadType, RegExp])[] = [
  ['image', /^image\/(?:jpe?g|png|gif|tiff|bmp|x-ms-bmp|heic)$/],
  ['video', /^video\/(?:mp4|quicktime|x-matroska|webm)$/],
  ['audio', /^audio\/(?:mpeg|mp3|mp4|m4a|x-m4a|aac|wav|x-wav|ogg|opus)$/],
];

/** The ways to send a file, the best first. MAX takes any file as a file. */
export function waysOf({ mimeType }: Pick<OutgoingFile, 'mimeType'>): readonly UploadType[] {
  const [type] = FORMATS.find(([, formats]) => formats.test(mimeType)) ?? [];
  return type === undefined ? ['file'] : [type, 'file'];
}

/**
 * Makes `Upload`: asks for an address, and posts the file to it. The address is for one file and knows whose it is, so
 * the token does not go there. A file that cannot be read counts as unreachable. Returns every outcome and never throws.
 * https://dev.max.ru/docs-api/methods/POST/uploads
 */
export function createUpload(call: CallMax, fetchFor: FetchFor, apiUrl: string = MAX_URL): Upload {
  return async (credentials, file, as, signal) => {
    const asked = await call(credentials, { method: 'POST', path: 'uploads', query: { type: as } }, signal);
    if (asked.kind !== 'ok') return asked;
    const place = uploadSchema.safeParse(asked.result).data;
    if (!place || !isSafeAddress(place.url, credentials.apiBaseUrl ?? apiUrl)) return UNREADABLE;
    const posted = await post(fetchFor(credentials), place.url, file, signal);
    if (posted.kind !== 'ok') return posted;
    // The token of a video is that of the first answer. One from the second is refused as somebody else's.
    // https://github.com/max-messenger/max-bot-api-client-ts/issues/246
    const { token, photos } = uploadedSchema.safeParse(posted.result).data ?? {};
    const given = place.token ?? token ?? Object.values(photos ?? {})[0]?.token;
    return given === undefined ? UNREADABLE : { kind: 'uploaded', token: given };
  };
}

const UNREADABLE = { kind: 'unreachable', reason: 'an unreadable answer to an upload' } as const;

/** The answer about a video is `<retval>1</retval>`: https://github.com/max-messenger/max-bot-api-client-ts/issues/226 */
async function post(
  fetch: typeof globalThis.fetch,
  url: string,
  file: OutgoingFile,
  signal: AbortSignal,
): Promise<MaxAnswer> {
  try {
    const { name, mimeType, size } = file;
    const form = formOf(
      {},
      { field: 'data', name, mimeType, size, open: () => file.open() },
      `konvert-${randomUUID()}`,
    );
    const response = await fetch(url, { method: 'POST', ...form, redirect: 'manual', signal });
    const result = await readJson(response, MAX_ANSWER_BYTES);
    const { status } = response;
    if (response.ok) return { kind: 'ok', result };
    if (status === 429) return { kind: 'throttled', retryAfterSeconds: 1 };
    if (status < 400 || status >= 500) return { kind: 'unreachable', reason: `status ${status} to an upload` };
    return { kind: 'refused', code: `upload.${status}`, description: `MAX answered ${status} to the file` };
  } catch (error) {
    if (error instanceof PrivateAddressError) return privateAddress(error);
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}
