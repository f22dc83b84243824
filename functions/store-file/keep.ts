import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { OpenedFile } from '#channels/inbound';
import type { BlobStore } from '#media/blob-store';
import { fileKey } from '#media/file-key';
import { SNIFFED_BYTES } from '#media/file-type';
import { shownAs } from '#media/shown-type';
import type { FileRow, StoredFile } from '#store/files/files';
import { BrokenBodyError, WrongBytesError } from './errors.ts';

/**
 * Puts a file where files lie, with the type that its bytes tell. Bytes that are not those that were told are a
 * `WrongBytesError`; at the last try they are kept, and `why` says so. `BrokenBodyError` if the body breaks off.
 */
export async function keep(
  blobs: Pick<BlobStore, 'put'>,
  { file, account, name, storedAt }: FileRow,
  { body, sha256: told }: Extract<OpenedFile, { kind: 'file' }>,
  { maxBytes, isLastTry }: { readonly maxBytes: number; readonly isLastTry: boolean },
): Promise<{ stored: StoredFile; why?: string }> {
  const { head, whole } = await beginningOf(readable(body));
  const type = await typeOf(head);
  const key = fileKey({ direction: 'in', account, at: storedAt, file, name });
  const checked = told === undefined || isLastTry ? whole : ifBytesAre(told, whole);
  const facts = await blobs.put(key, checked, { ...shownAs(type, name), maxBytes });
  const isOdd = told !== undefined && told.toLowerCase() !== facts.sha256;
  return { stored: { ...facts, key, type }, ...(isOdd && { why: 'Its bytes are not those that were told' }) };
}

/** What a sender says of the type is worth nothing. Types that are texts, such as HTML, are none here. */
async function typeOf(head: Uint8Array): Promise<string | undefined> {
  return (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
}

/** The body. Its own failures are told from those of the store. */
async function* readable(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new BrokenBodyError({ cause });
  }
}

/** Reads the beginning, and gives it back in front of the rest. */
async function beginningOf(body: AsyncGenerator<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < SNIFFED_BYTES) {
    const { value, done } = await body.next();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* chunks;
    yield* body;
  }
  return { head: Buffer.concat(chunks).subarray(0, SNIFFED_BYTES), whole: whole() };
}

/** The same bytes. It throws at their end if they are others: then nothing of them is kept. */
async function* ifBytesAre(sha256: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256.toLowerCase()) throw new WrongBytesError();
}
