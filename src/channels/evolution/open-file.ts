import * as z from 'zod/mini';
import { PrivateAddressError } from '#calls/errors';
import { lenient } from '#calls/lenient';
import type { OpenedFile } from '#channels/inbound';
import type { Credentials } from '#channels/terms';
import type { BridgeAnswer } from './answers.ts';
import type { CallBridge } from './client.ts';
import { meaningOf } from './errors.ts';

const MB = 1024 * 1024;
/** The bridge answers with the whole file in one text, so it is in the memory of both several times over. */
export const MAX_FILE_BYTES = 50 * MB;
/** The same in base64, and what is around it. */
const MAX_ANSWER_BYTES = Math.ceil((MAX_FILE_BYTES * 4) / 3) + MB;
const ENDED = 'The bridge has the message no longer, or WhatsApp the file';

/** https://doc.evolution-api.com/v2/api-reference/chat-controller/get-base64 */
const fileSchema = z.object({
  base64: z.string(),
  mimetype: lenient(z.string().check(z.maxLength(256))),
  fileName: lenient(z.string().check(z.maxLength(1024))),
});

/**
 * Opens files of clients. A bridge that keeps files has given an address, which is read first: it ends after days. Any
 * bridge gives out the file by the id of its message. The key goes to the bridge only.
 */
export function createOpenFile(fetch: typeof globalThis.fetch, call: CallBridge) {
  return async (credentials: Credentials, fileId: string, signal: AbortSignal): Promise<OpenedFile> => {
    const [id = '', url] = fileId.split(' ');
    const kept = url === undefined ? undefined : await openKept(fetch, url, signal);
    if (kept) return kept;
    const json = { message: { key: { id } }, convertToMp4: false };
    const request = {
      method: 'POST',
      path: 'chat/getBase64FromMediaMessage',
      json,
      maxBytes: MAX_ANSWER_BYTES,
    } as const;
    return toOpened(await call(credentials, request, signal));
  };
}

async function openKept(
  fetch: typeof globalThis.fetch,
  url: string,
  signal: AbortSignal,
): Promise<OpenedFile | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal });
    if (response.status === 200 && response.body) return { kind: 'file', body: response.body };
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    // Beside the bridge there may be a store that only the bridge can reach.
    return error instanceof PrivateAddressError || !signal.aborted ? undefined : later();
  }
}

function toOpened(answer: BridgeAnswer): OpenedFile {
  if (answer.kind === 'throttled') return later(answer.retryAfterSeconds);
  if (answer.kind === 'unreachable') return later();
  if (answer.kind === 'refused') {
    if (meaningOf(answer).kind === 'unauthorized') return { kind: 'unauthorized' };
    return { kind: 'gone', why: answer.fields ? answer.description : ENDED };
  }
  const file = fileSchema.safeParse(answer.result).data;
  if (!file) return later();
  const bytes = Buffer.from(file.base64, 'base64');
  return {
    kind: 'file',
    body: one(bytes),
    size: bytes.length,
    ...(file.mimetype !== undefined && { mimeType: file.mimetype }),
    ...(file.fileName !== undefined && { name: file.fileName }),
  };
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Without a time that the bridge names, the caller waits longer from one try to the next. */
function later(afterSeconds = 0): OpenedFile {
  return { kind: 'later', afterSeconds };
}
