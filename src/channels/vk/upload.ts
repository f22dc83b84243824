import { randomUUID } from 'node:crypto';
import { PrivateAddressError, reasonOf } from '#calls/errors';
import { formOf } from '#calls/multipart';
import { readJson } from '#calls/read-json';
import { isSafeAddress } from '#channels/base-url';
import { fieldsOf, isObject, stringOf, wholeOf } from '#channels/fields';
import type { OutgoingFile } from '#channels/outbound';
import { privateAddress } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { type CallVk, VK_URL, type VkAnswer } from './client.ts';
import { type FileWay, waysOf } from './files-out.ts';

type NoAnswer = Exclude<VkAnswer, { kind: 'ok' }>;

/** A file that is at VK, in the words of a message: `photo-1_2_key`. */
export type Uploaded = { readonly kind: 'uploaded'; readonly attachment: string } | NoAnswer;

interface Saved {
  readonly id: unknown;
  readonly owner_id: unknown;
  readonly access_key: unknown;
}

const MAX_ANSWER_BYTES = 256 * 1024;
/** What an upload is refused with. VK's file servers have words and no codes. */
const REFUSED = '22';

/** Puts a file to VK for one person: asks where, sends it there, has it kept. */
export function createUpload(call: CallVk, fetch: typeof globalThis.fetch, apiUrl: string = VK_URL) {
  async function uploadAs(
    way: FileWay,
    credentials: Credentials,
    peerId: string,
    file: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Uploaded> {
    // The peer is the person: of a group chat VK says no with code 1. https://github.com/negezor/vk-io/issues/479
    const asked = await call(
      credentials,
      way.asks,
      { peer_id: peerId, ...(way.as !== 'photo' && { type: way.as }) },
      signal,
    );
    if (asked.kind !== 'ok') return asked;
    const url = stringOf(fieldsOf<{ upload_url: unknown }>(asked.result).upload_url);
    if (!isSafeAddress(url, credentials.apiBaseUrl ?? apiUrl)) return NO_PLACE;
    const sent = await put(url, way, file, signal);
    if (sent.kind !== 'ok') return sent;
    const saved = await call(credentials, way.saves, toSave(way, sent.result, file), signal);
    return saved.kind === 'ok' ? toUploaded(way, saved.result) : saved;
  }

  /** Sends the file. The address is VK's own and needs no token, so that none goes there. */
  async function put(url: string, way: FileWay, file: OutgoingFile, signal: AbortSignal): Promise<VkAnswer> {
    try {
      const { name, mimeType, size, open } = file;
      const form = formOf({}, { field: way.field, name, mimeType, size, open }, `konvert-${randomUUID()}`);
      const response = await fetch(url, { method: 'POST', ...form, redirect: 'manual', signal });
      const body = await readJson(response, MAX_ANSWER_BYTES);
      if (!response.ok || !isObject(body))
        return { kind: 'unreachable', reason: `status ${response.status} to a file` };
      const { error, error_descr } = fieldsOf<{ error: unknown; error_descr: unknown }>(body);
      if (error === undefined) return { kind: 'ok', result: body };
      return {
        kind: 'refused',
        code: REFUSED,
        description: stringOf(error_descr) || stringOf(error) || 'Upload error',
      };
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }

  /** Returns every outcome and never throws. */
  return async (
    credentials: Credentials,
    peerId: string,
    file: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Uploaded> => {
    let uploaded: Uploaded = { kind: 'refused', code: REFUSED, description: 'VK takes no such file' };
    for (const way of waysOf(file)) {
      uploaded = await uploadAs(way, credentials, peerId, file, signal);
      if (uploaded.kind !== 'refused' || !isOfFile(uploaded.code)) return uploaded;
    }
    return uploaded;
  };
}

const NO_PLACE: NoAnswer = { kind: 'unreachable', reason: 'no address that a file may go to' };

/** Whether a refusal is about the file, so that it may be taken as something else. */
function isOfFile(code: string): boolean {
  return [REFUSED, '100', '105', '121', '129'].includes(code);
}

/** The answer of the file server has what is to be given back. */
function toSave(way: FileWay, sent: unknown, { name }: OutgoingFile): Record<string, string | number> {
  if (way.as === 'photo') {
    const { server, photo, hash } = fieldsOf<{ server: unknown; photo: unknown; hash: unknown }>(sent);
    return { server: wholeOf(server) ?? stringOf(server), photo: stringOf(photo), hash: stringOf(hash) };
  }
  return { file: stringOf(fieldsOf<{ file: unknown }>(sent).file), title: name };
}

/** `photos.saveMessagesPhoto` answers with a list, `docs.save` with an object that names what was made. */
function toUploaded({ as }: FileWay, result: unknown): Uploaded {
  const made = Array.isArray(result) ? result[0] : result;
  const { [as]: inner } = fieldsOf<Record<string, unknown>>(made) as Record<string, unknown>;
  const { id, owner_id, access_key } = fieldsOf<Saved>(inner ?? made);
  const [own, owner] = [wholeOf(id), wholeOf(owner_id)];
  // Without both the message would go out with `undefined` in the place of the file.
  if (own === undefined || owner === undefined)
    return { kind: 'unreachable', reason: 'an unreadable answer to a file' };
  const key = stringOf(access_key);
  // A voice message is attached as a document.
  const prefix = as === 'photo' ? 'photo' : 'doc';
  return { kind: 'uploaded', attachment: `${prefix}${owner}_${own}${key === '' ? '' : `_${key}`}` };
}
