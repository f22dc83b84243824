import type { Bells } from '#bells';
import type { Inbound, OpenedFile } from '#channels/inbound';
import type { Credentials } from '#channels/terms';
import { nextFetchMs } from '#domain/file';
import { chatOfKey } from '#domain/message';
import type { ReadFiles } from '#flows/want-files';
import { readNameless } from '#flows/want-names';
import { type BlobStore, TooLargeError } from '#media/blob-store';
import type { FileRow, Files } from '#store/files/files';
import { type AskNameDeps, askName } from './ask-name.ts';
import { BrokenBodyError, WrongBytesError } from './errors.ts';
import { keep } from './keep.ts';

export interface StoreFileDeps extends AskNameDeps {
  readonly files: Pick<Files, 'get' | 'setStored' | 'setLost' | 'countTry'>;
  readonly readFiles: ReadFiles;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly bells: Bells<'files'>;
}

/** The rest of the function's time is for storing what has come. */
const FETCH_MS = 40_000;
/** What a messenger may send, unless it says another limit. */
const MOST_BYTES = 50_000_000;

/**
 * Fetches files from messengers, one for each message of the queue, and asks for names. A file that is not to be had now is
 * rung for again, a name when the client writes again.
 */
export function createHandler(deps: StoreFileDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) {
      const nameless = readNameless(body);
      await (nameless ? askName(deps, nameless) : store(deps, body));
    }
  };
}

async function store(deps: StoreFileDeps, file: string): Promise<void> {
  const row = await deps.files.get(file);
  if (row?.state !== 'wanted') return;
  const { channelId } = chatOfKey(row.chat);
  const noted = await fetchFile(deps, row, channelId);
  // The id of the file is the right to read it, so the log has another name for it.
  deps.log({ file: await deps.nameInLog(file), channelId, ...noted });
}

/** Fetches and stores the file. Answers with what the log may say of it. */
async function fetchFile(deps: StoreFileDeps, row: FileRow, channelId: string): Promise<object> {
  const named = (await deps.readFiles(row.chat, row.fact)).find(({ file }) => file === row.file);
  const channel = await deps.channels.get(channelId);
  if (named?.media.fileId === undefined) return lose(deps, row, 'gone', 'The message has another file now');
  const inbound = channel && (await deps.messengerFor(channel.transport))?.inbound;
  if (!channel || !inbound?.openFile || channel.deletedAt !== undefined)
    return lose(deps, row, 'gone', 'The channel is gone');
  if (channel.state === 'unauthorized') return comeBack(deps, row, { isUnauthorized: true });
  const { credentials } = channel;
  const { fileId } = named.media;
  const afterMs = deps.rests.leftOf(row.account);
  if (afterMs === 0) return deps.rests.after(row.account, () => openAndKeep(deps, row, inbound, credentials, fileId));
  // It was not tried, so it does not count as a try.
  await deps.bells.ring('files', row.file, afterMs);
  return { outcome: 'later', afterMs, reason: 'busy' };
}

async function openAndKeep(
  deps: StoreFileDeps,
  row: FileRow,
  inbound: Pick<Inbound, 'openFile' | 'maxFileBytes'>,
  credentials: Credentials,
  fileId: string,
): Promise<object> {
  const opened = await inbound.openFile!(credentials, fileId, deps.clock.deadline(FETCH_MS));
  switch (opened.kind) {
    case 'gone':
      return lose(deps, row, 'gone', opened.why ?? 'The messenger gives it out no more');
    case 'unauthorized':
      return comeBack(deps, row, { isUnauthorized: true });
    case 'later':
      return comeBack(deps, row, { afterSeconds: opened.afterSeconds });
    case 'file':
      return keepOpened(deps, row, opened, inbound.maxFileBytes ?? MOST_BYTES);
    default:
      return opened satisfies never;
  }
}

async function keepOpened(
  deps: StoreFileDeps,
  row: FileRow,
  opened: Extract<OpenedFile, { kind: 'file' }>,
  maxBytes: number,
): Promise<object> {
  const { files, blobs } = deps;
  try {
    // Bytes that are not those that were told are fetched once more, and then kept as they are.
    const { stored, why } = await keep(blobs, row, opened, { maxBytes, isLastTry: row.why !== undefined });
    await files.setStored(row.file, stored, why);
    return { outcome: 'stored', bytes: stored.size, ...(why !== undefined && { why }) };
  } catch (error) {
    if (error instanceof TooLargeError) return lose(deps, row, 'refused', error.message);
    if (error instanceof BrokenBodyError || error instanceof WrongBytesError) return comeBack(deps, row, {}, error);
    throw error;
  }
}

async function lose({ files }: StoreFileDeps, { file }: FileRow, state: 'refused' | 'gone', why: string) {
  await files.setLost(file, state, why);
  return { outcome: state, why };
}

async function comeBack(
  deps: StoreFileDeps,
  row: FileRow,
  { isUnauthorized = false, afterSeconds = 0 }: { isUnauthorized?: boolean; afterSeconds?: number },
  error?: Error,
): Promise<object> {
  const { files, bells, clock } = deps;
  const tries = await files.countTry(row.file, error instanceof WrongBytesError ? error.message : undefined);
  const { storedAt } = row;
  const afterMs = nextFetchMs({ storedAt, tries, isUnauthorized, afterSeconds }, clock.now());
  if (afterMs === undefined) return lose(deps, row, 'gone', 'The messenger did not give it out for too long');
  await bells.ring('files', row.file, afterMs);
  const reason = isUnauthorized ? 'unauthorized' : error?.name;
  return { outcome: 'later', tries, afterMs, ...(reason !== undefined && { reason }) };
}
