import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { type FileHandle, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobFacts, TooLargeError } from './blob-store.ts';

/** A file that was read to its end. */
export interface Spooled extends BlobFacts {
  readonly blob: Blob;
  /** Gives its place on the disk back. */
  drop(): Promise<void>;
}

/** What is larger lies on the disk, so that several large files do not fill the memory. */
const IN_MEMORY_BYTES = 5 * 1024 * 1024;

/**
 * Reads a body to its end, because its length has to be known before it is sent on. Throws `TooLargeError` beyond
 * `maxBytes`, and what the body throws; nothing is left on the disk then.
 */
export async function spool(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spooled> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let size = 0;
  let disk: Disk | undefined;
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new TooLargeError(maxBytes);
      hash.update(chunk);
      chunks.push(chunk);
      if (size > IN_MEMORY_BYTES) {
        disk ??= await openDisk();
        await disk.file.writev(chunks.splice(0));
      }
    }
    await disk?.file.close();
    const blob = disk ? await openAsBlob(disk.path) : new Blob(chunks as Uint8Array<ArrayBuffer>[]);
    return { blob, size, sha256: hash.digest('hex'), drop: async () => dropDisk(disk) };
  } catch (error) {
    await disk?.file.close().catch(() => undefined);
    await dropDisk(disk);
    throw error;
  }
}

const PREFIX = 'konvert-file-';
/** No file is under way for so long. */
const LEFT_MS = 15 * 60_000;

/** Removes what functions left that were killed: Lambda keeps the disk for the next one, and it is small. */
async function dropLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LEFT_MS) await rm(path, { recursive: true, force: true });
  }
}

interface Disk {
  readonly folder: string;
  readonly path: string;
  readonly file: FileHandle;
}

async function openDisk(): Promise<Disk> {
  await dropLeftovers();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  const path = join(folder, 'file');
  return { folder, path, file: await open(path, 'wx', 0o600) };
}

async function dropDisk(disk: Disk | undefined): Promise<void> {
  if (disk) await rm(disk.folder, { recursive: true, force: true });
}
