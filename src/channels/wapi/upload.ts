import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';

import { reasonOf } from '#calls/errors';
import type { Credentials } from '#channels/channel';
import type { CallGraph, GraphAnswer } from '#channels/meta/client';
import type { OutgoingFile } from '#channels/outbound';

const uploadedSchema = z.object({ id: z.string().check(z.minLength(1), z.maxLength(256)) });

/** The result of an upload: the id of the file at Meta, or why there is none. */
export type Uploaded = { readonly kind: 'uploaded'; readonly id: string } | Exclude<GraphAnswer, { kind: 'ok' }>;

/**
 * Uploads a file for one phone number, which alone may send it then. It is spooled to a temporary file, because a form
 * needs its length and may be 100 MB. Returns every outcome and never throws.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#upload-media
 */
export async function upload(
  call: CallGraph,
  credentials: Credentials,
  file: OutgoingFile,
  uploadAs: string,
  signal: AbortSignal,
): Promise<Uploaded> {
  try {
    signal.throwIfAborted();
    return await withFolder(async (folder) => {
      const spooled = join(folder, 'file');
      await pipeline(exactly(file.size, await file.open()), createWriteStream(spooled), { signal });
      const form = new FormData();
      form.append('messaging_product', 'whatsapp');
      form.append('type', uploadAs);
      form.append('file', await openAsBlob(spooled, { type: uploadAs }), file.name);
      const path = `${encodeURIComponent(credentials.phoneNumberId ?? '')}/media`;
      return toUploaded(await call(credentials, { method: 'POST', path, form }, signal));
    });
  } catch (error) {
    return { kind: 'unreachable', reason: `The file was not read: ${reasonOf(error)}` };
  }
}

function toUploaded(answer: GraphAnswer): Uploaded {
  if (answer.kind !== 'ok') return answer;
  const read = uploadedSchema.safeParse(answer.result);
  return read.success
    ? { kind: 'uploaded', id: read.data.id }
    : { kind: 'unreachable', reason: 'an unreadable answer to an upload' };
}

/** The bytes as they are. Throws a `RangeError` if there are more or less than the file is said to have. */
async function* exactly(size: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > size) break;
    yield chunk;
  }
  if (bytes !== size) throw new RangeError('The file has another length than it is said to have');
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-upload-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
