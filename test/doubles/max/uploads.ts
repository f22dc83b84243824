import type { Answer, RawRequest } from '#test/doubles/http';
import { no, PAYLOAD, yes } from './answers.ts';

/** A file that was uploaded, or will be. */
export interface MaxUpload {
  readonly id: string;
  readonly type: string;
  /** The token by which a message takes it. */
  readonly token: string;
  bytes?: Buffer;
  name?: string;
  /** So many messages are refused because it is not ready. */
  looksLeft: number;
}

const TYPES = ['image', 'video', 'audio', 'file'];

/** https://dev.max.ru/docs-api/methods/POST/uploads */
export function createMaxUploads(
  baseUrl: () => string,
  looks: number,
  { refusesToken, tellsOtherToken }: { readonly refusesToken: boolean; readonly tellsOtherToken: boolean },
) {
  const uploads: MaxUpload[] = [];
  const ownedLater = new Set<string>();

  return {
    uploads,

    /** An address for one file. Of video and audio, the token is told here. */
    begin(type: string | null): Answer {
      if (type === null || !TYPES.includes(type)) return PAYLOAD(`type: ${type}`);
      const id = String(uploads.length + 1);
      const upload: MaxUpload = { id, type, token: `${type}-token-${id}`, looksLeft: type === 'image' ? 0 : looks };
      uploads.push(upload);
      const isTold = type === 'video' || type === 'audio';
      return yes({ url: `${baseUrl()}/upload.do?id=${id}&sig=abc`, ...(isTold && { token: upload.token }) });
    },

    /** The token has no business here: the address is its own right. MAX takes it all the same. */
    async take({ url, headers, bytes }: RawRequest): Promise<Answer> {
      const upload = uploads.find(({ id }) => id === url.searchParams.get('id'));
      if (refusesToken && headers.authorization !== undefined) return no(400, 'leak', 'The token does not belong here');
      if (!upload || upload.bytes) return no(404, 'not.found', 'no such upload');
      const type = headers['content-type'] ?? '';
      if (!type.startsWith('multipart/form-data')) return no(400, 'bad.request', 'no form');
      const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
      const file = form.get('data');
      if (!file || typeof file === 'string') return no(400, 'bad.request', 'no data');
      upload.bytes = Buffer.from(await file.arrayBuffer());
      upload.name = file.name;
      if (upload.type === 'image') return yes({ photos: { [`photo-${upload.id}`]: { token: upload.token } } });
      if (upload.type === 'file') return yes({ fileId: 4711, token: upload.token });
      ownedLater.add(`other-${upload.token}`);
      if (tellsOtherToken) return yes({ token: `other-${upload.token}` });
      return { status: 200, body: '<retval>1</retval>', headers: { 'content-type': 'text/xml' } };
    },

    /** Why a message cannot take these attachments; undefined if it can. */
    refuses(attachments: readonly Record<string, unknown>[]): Answer | undefined {
      for (const { type, payload } of attachments) {
        if (type === 'inline_keyboard') {
          const refused = refusesKeyboard(payload);
          if (refused) return PAYLOAD(refused);
          continue;
        }
        const { token: told, photos } = (payload ?? {}) as {
          token?: string;
          photos?: Record<string, { token: string }>;
        };
        // Of a picture, what the upload answered may come back as it is.
        const token = told ?? Object.values(photos ?? {})[0]?.token;
        if (!TYPES.includes(String(type))) return PAYLOAD(`Key: errors.process.attachment.${type}`);
        if (token !== undefined && ownedLater.has(token)) return NOT_OWNER;
        const upload = uploads.find((one) => one.token === token && one.type === type);
        if (!upload) return type === 'video' ? NOT_OWNER : PAYLOAD(`Key: errors.process.attachment.${type}.not.found`);
        if (!upload.bytes || upload.looksLeft > 0) {
          upload.looksLeft -= 1;
          return no(400, 'attachment.not.ready', `Key: errors.process.attachment.${type}.not.processed`);
        }
      }
      return undefined;
    },
  };
}

const NOT_OWNER = PAYLOAD('Key: errors.process.attachment.movie.not.owner');

/** https://dev.max.ru/docs-api/use-cases/sending-messages/keyboard */
function refusesKeyboard(payload: unknown): string | undefined {
  const { buttons } = (payload ?? {}) as { buttons?: readonly (readonly Record<string, unknown>[])[] };
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > 30) return 'keyboard: rows';
  for (const row of buttons) {
    const most = (row as readonly Record<string, unknown>[]).some(({ type }) => type === 'link') ? 3 : 7;
    if (row.length === 0 || row.length > most) return 'keyboard: buttons in a row';
    for (const { type, text, payload, url } of row as readonly Record<string, unknown>[]) {
      if (typeof text !== 'string' || text.length < 1 || text.length > 128) return 'button: text';
      const isRight =
        type === 'link'
          ? typeof url === 'string' && url.length <= 2048
          : type === 'message' || (type === 'callback' && typeof payload === 'string' && payload.length <= 1024);
      if (!isRight) return `button: ${type}`;
    }
  }
  return undefined;
}
