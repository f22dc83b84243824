import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { RequestError } from '#http/errors';

/** A body as it came in. */
export interface SentBody {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether a gateway handed it on as a text. What was no UTF-8 is then lost. */
  readonly asText: boolean;
}

/** The limit of API Gateway: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const LONGEST = 10 * 1024 * 1024;
/** No known client needs more than one coding, and each may cost the work of the longest body. */
const MOST_CODINGS = 2;

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateEither],
  ['br', brotliDecompressSync],
]);
/** What says that nothing was done to the body. Some clients name the charset in the wrong header. */
const NO_CODINGS: readonly string[] = ['', 'identity', 'none', 'utf-8', 'utf8'];
const UTF_8_NAMES: readonly string[] = ['utf-8', 'utf8', 'us-ascii', 'ascii'];

/**
 * The bytes of the body without the codings of `Content-Encoding`, never more than 10 MiB. Throws a `RequestError`: 415
 * for a coding that is not known, or a charset other than UTF-8; 413 if it is too large; 400 if it is damaged.
 */
export function decodeBody(sent: SentBody): Buffer {
  if (sent.bytes.length === 0) return sent.bytes;
  const bytes = codingsOf(sent.headers).reduceRight<Buffer>((coded, coding) => decode(coded, coding, sent), sent.bytes);
  checkCharset(bytes, sent);
  return bytes;
}

function codingsOf(headers: SentBody['headers']): string[] {
  const named = (headers['content-encoding'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const codings = named.filter((name) => !NO_CODINGS.includes(name));
  if (codings.length > MOST_CODINGS || codings.some((coding) => !DECODERS.has(coding))) {
    throw unsupported('Content-Encoding may be gzip, deflate or br');
  }
  return codings;
}

function decode(bytes: Buffer, coding: string, { asText }: SentBody): Buffer {
  // Gateways and proxies may decode a body and leave the header as it was:
  // https://github.com/dougmoscrop/serverless-http/issues/194
  if (isJsonText(bytes)) return bytes;
  try {
    return DECODERS.get(coding)!(bytes, { maxOutputLength: LONGEST });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new RequestError(413, 'TOO_LARGE', 'The body is larger than 10 MiB');
    }
    if (asText) throw unsupported('The body did not arrive byte for byte: send it without Content-Encoding');
    throw new RequestError(400, 'INVALID_BODY', `The body is not ${coding}, as Content-Encoding says`);
  }
}

/** Whether the bytes are the text of an array or object. No coded body is: its first bytes are no bracket. */
function isJsonText(bytes: Buffer): boolean {
  return /^\s*[[{]/.test(bytes.subarray(0, 100).toString()) && isUtf8(bytes);
}

/** `deflate` is a zlib stream; some clients send it without the header of zlib. */
function inflateEither(bytes: Buffer, options: { readonly maxOutputLength: number }): Buffer {
  const [first = 0, second = 0] = bytes;
  const isZlib = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return isZlib ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

/** A body that names another charset is read if it is UTF-8 all the same. Guessing would store wrong letters. */
function checkCharset(bytes: Buffer, { headers, asText }: SentBody): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (charset === undefined || UTF_8_NAMES.includes(charset)) return;
  if (!isUtf8(bytes) || (asText && bytes.includes('\ufffd'))) throw unsupported('Send the body in UTF-8');
}

function unsupported(description: string): RequestError {
  return new RequestError(415, 'UNSUPPORTED_MEDIA_TYPE', description);
}
