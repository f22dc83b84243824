import * as z from 'zod/mini';
import type { CallGraph, GraphAnswer } from '#channels/meta/client';
import type { OutgoingFile } from '#channels/outbound';
import type { Credentials } from '#channels/terms';

const uploadedSchema = z.object({ id: z.string().check(z.minLength(1), z.maxLength(256)) });

/** The result of an upload: the id of the file at Meta, or why there is none. */
export type Uploaded = { readonly kind: 'uploaded'; readonly id: string } | Exclude<GraphAnswer, { kind: 'ok' }>;

/**
 * Uploads a file for one phone number, which alone may send it then. A file that cannot be read, or has another length
 * than it is said to have, counts as unreachable. Returns every outcome and never throws.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#upload-media
 */
export async function upload(
  call: CallGraph,
  credentials: Credentials,
  file: OutgoingFile,
  uploadAs: string,
  signal: AbortSignal,
): Promise<Uploaded> {
  const texts = { messaging_product: 'whatsapp', type: uploadAs };
  const { name, size } = file;
  const form = { texts, file: { field: 'file', name, mimeType: uploadAs, size, open: () => file.open() } };
  const path = `${encodeURIComponent(credentials.phoneNumberId ?? '')}/media`;
  const answer = await call(credentials, { method: 'POST', path, form }, signal);
  if (answer.kind !== 'ok') return answer;
  const read = uploadedSchema.safeParse(answer.result);
  return read.success
    ? { kind: 'uploaded', id: read.data.id }
    : { kind: 'unreachable', reason: 'an unreadable answer to an upload' };
}
