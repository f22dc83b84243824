import type { FileKind, OutgoingFile } from '#channels/outbound';
import type { Clock } from '#clock';
import type { Media } from '#domain/message';
import type { ErrorCode } from '#http/error-codes';
import { RequestError } from '#http/errors';
import type { BlobStore } from '#media/blob-store';
import { fileOf } from '#media/content-uri';
import { download } from '#media/download';
import { fileKey } from '#media/file-key';
import { kindOf, nameOf, plainType, SNIFFED_BYTES, typeOf } from '#media/file-type';
import { newFileId } from '#media/new-file-id';
import { shownAs } from '#media/shown-type';
import { MAX_UPLOAD_BYTES, uploadKeys } from '#media/uploads';
import type { FileRow, Files } from '#store/files/files';

/** What is needed to take files. */
export interface TakeFileDeps {
  /** Calls addresses that people gave. */
  readonly fetch: typeof globalThis.fetch;
  readonly blobs: Pick<BlobStore, 'put' | 'get'>;
  readonly files: Pick<Files, 'get' | 'putStored'>;
  readonly clock: Clock;
}

/** The account that a file is for, and the bases of Konvert's own addresses. */
export interface FileOwner {
  readonly account: string;
  readonly bases: readonly string[];
}

/** The owner of the files that a request names. Our own addresses have the public base, or that of the request. */
export function fileOwner(account: string, publicUrl: string | undefined, origin: string): FileOwner {
  return { account, bases: [...(publicUrl === undefined ? [] : [publicUrl]), origin] };
}

/** A file that can be sent. */
export interface TakenFile {
  readonly kind: Exclude<FileKind, 'voice'>;
  readonly file: OutgoingFile;
  readonly media: Media;
  /** Stores it as the file of that fact. */
  keep(chat: string, fact: string): Promise<void>;
}

/** What is known of a file before it is stored. */
interface Found {
  /** The id of its row. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** What the API takes by an address: reference, section 3.3. */
const MOST_BYTES = 10 * 1024 * 1024;
const DOWNLOAD_MS = 10_000;
const NO_BYTES = new Uint8Array();

/**
 * The file at an address: fetched now, because many addresses are good for a short time only, or found here if it was
 * uploaded or is a file of the account's chats. Throws a `RequestError` 400 if it cannot be had or sent.
 */
export async function takeFile(deps: TakeFileDeps, owner: FileOwner, uri: string): Promise<TakenFile> {
  const own = owner.bases.map((base) => fileOf(base, uri)).find((one) => one !== undefined);
  if (!own) return toTaken(deps, owner, await fetchFile(deps, uri));
  const row = await deps.files.get(own.file);
  if (row) return takeStored(deps, owner, row);
  const uploaded = await findUploaded(deps, owner, own);
  if (!uploaded) throw notLoaded('no such file is here, or it was not uploaded to its end');
  return toTaken(deps, owner, uploaded);
}

async function fetchFile({ fetch, clock }: TakeFileDeps, uri: string): Promise<Found> {
  const got = await download(fetch, uri, MOST_BYTES, clock.deadline(DOWNLOAD_MS));
  if (got.kind === 'failed') throw notLoaded(got.reason);
  if (got.kind === 'too-large') throw refused('MESSAGES_CONTENT_SIZE_EXCEEDED', 'The file is larger than 10 MB');
  const { bytes } = got;
  if (bytes.length === 0) throw refused('MESSAGES_CONTENT_CAN_NOT_BE_BLANK', 'The file at contentUri is empty');
  const type = await typeOf(bytes, got);
  // It stands where the file was, or asks for a password. A client can do nothing with it.
  if (type === 'text/html')
    throw refused('MESSAGE_WRONG_CONTENT_TYPE', 'The address leads to a page and not to a file');
  return {
    id: newFileId(),
    name: nameOf(got.name, type),
    type,
    size: bytes.length,
    open: async () => chunksOf(bytes),
  };
}

/** What was uploaded to the address of `POST /v1/files`. */
async function findUploaded(
  { blobs, clock }: TakeFileDeps,
  { account }: FileOwner,
  own: { readonly file: string; readonly name: string },
): Promise<Found | undefined> {
  for (const key of uploadKeys({ account, ...own }, clock.now())) {
    const beginning = await blobs.get(key, { from: 0, to: SNIFFED_BYTES - 1 });
    if (!beginning) continue;
    const type = await typeOf(await bytesOf(beginning.body), { type: beginning.type, name: own.name });
    return {
      id: own.file,
      name: nameOf(own.name, type),
      type,
      size: beginning.size,
      open: () => openBlob(blobs, key),
    };
  }
  return undefined;
}

/** A file of the account's chats. It stays that of its first message. */
async function takeStored({ blobs }: TakeFileDeps, { account }: FileOwner, row: FileRow): Promise<TakenFile> {
  const { account: owner, state, file: id, key, name, size } = row;
  const isHere = owner === account && state === 'stored' && key !== undefined && size !== undefined;
  if (!isHere) throw notLoaded('no such file is here');
  const type = plainType(row.type) ?? (await typeOf(NO_BYTES, { name }));
  return { ...aboutOf({ id, name, type, size, open: () => openBlob(blobs, key) }), keep: async () => undefined };
}

function toTaken({ blobs, files, clock }: TakeFileDeps, { account }: FileOwner, found: Found): TakenFile {
  return {
    ...aboutOf(found),
    async keep(chat, fact) {
      const { id: file, name, type, open } = found;
      const key = fileKey({ direction: 'out', account, at: clock.now(), file, name });
      const { disposition, type: shown } = shownAs(type, name);
      const about = { type: shown, disposition, maxBytes: MAX_UPLOAD_BYTES };
      const { size, sha256 } = await blobs.put(key, await open(), about);
      await files.putStored({ file, account, chat, fact, part: 0, name }, { type, size, sha256, key });
    },
  };
}

function aboutOf({ id, name, type, size, open }: Found): Omit<TakenFile, 'keep'> {
  const kind = kindOf(type);
  return {
    kind,
    file: { kind, mimeType: type, name, size, open },
    media: { file: id, name, mimeType: type, size },
  };
}

async function openBlob(blobs: Pick<BlobStore, 'get'>, key: string): Promise<AsyncIterable<Uint8Array>> {
  const blob = await blobs.get(key);
  if (!blob) throw notLoaded('it is gone');
  return blob.body;
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(body));
}

function notLoaded(reason: string): RequestError {
  return refused('MESSAGE_DOWNLOAD_CONTENT_ERROR', `The file at contentUri could not be fetched: ${reason}`);
}

function refused(code: ErrorCode, description: string): RequestError {
  return new RequestError(400, code, description, { fields: ['contentUri'] });
}
