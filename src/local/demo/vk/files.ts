import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import type { Desk, KindCall, Reply } from '../kit/demo-kind.ts';
import type { DemoMessage } from '../kit/kind-state.ts';

const savedSchema = z.object({ photo: z.optional(z.string()), file: z.optional(z.string()) });

/** The end of addresses to upload to. They carry no token. */
export function uploadKey(secret: string): string {
  return createHash('sha256').update(`upload ${secret}`).digest('hex').slice(0, 32);
}

/** Where a file is to be uploaded to: https://dev.vk.com/ru/method/docs.getMessagesUploadServer */
export function askUpload(field: 'photo' | 'file', { base, secret }: Desk) {
  return { upload_url: `${base}/upload/${field}/${uploadKey(secret)}` };
}

/** Takes a file. The answer is to be given back to be saved. */
export async function upload({ path, sent }: KindCall, desk: Desk): Promise<PlainAnswer> {
  const field = path.split('/')[2] === 'photo' ? 'photo' : 'file';
  const file = (sent as Readonly<Record<string, unknown>> | undefined)?.[field];
  if (!(file instanceof File)) return answerJson(200, { error: 'no_file', error_descr: 'no file' });
  const { id } = await desk.files.add({ name: file.name, type: file.type, bytes: await file.bytes() });
  return answerJson(200, field === 'photo' ? { server: 1, photo: id, hash: 'demo' } : { file: id });
}

/** Keeps an uploaded file of the community. */
export function save(sent: unknown, groupId: number) {
  const { photo, file } = savedSchema.safeParse(sent).data ?? {};
  const made = { id: Number(photo ?? file), owner_id: -groupId };
  return photo === undefined ? { type: 'doc', doc: made } : [made];
}

/** The file that an attachment names: `photo-1_2`. */
export function fileIn(attachment: string | undefined): Reply['file'] {
  const [, id] = /^(?:photo|doc)-?\d+_(\d+)/.exec(attachment ?? '') ?? [];
  return id === undefined ? undefined : { id };
}

/** A client's file as an event tells it. */
export function attachmentOf({ name, type, size }: NonNullable<DemoMessage['file']>, url: string) {
  if (type.startsWith('image/'))
    return { type: 'photo', photo: { sizes: [{ type: 'x', url, width: 604, height: 403 }] } };
  if (type.startsWith('audio/')) return { type: 'audio_message', audio_message: { link_mp3: url } };
  return { type: 'doc', doc: { title: name, ext: name.split('.').at(-1), size, url } };
}
