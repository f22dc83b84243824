import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { SignedPaths } from '#local/signed-paths';
import { type BlobFacts, type BlobStore, TooLargeError } from '#media/blob-store';
import { segmentsOfKey } from '#media/file-key';

/** Where the files of one machine lie, and at which addresses it hands them out. */
export interface FolderBlobsOptions {
  /** The folder of files. It is made if it is missing. */
  readonly folder: string;
  readonly paths: SignedPaths;
  /** The address of this machine for its own users. */
  readonly ownUrl: string;
  /** The address for everybody, if there is one. */
  readonly publicUrl?: string | undefined;
}

/** Files in the making. What a killed process left of them is removed at the next start. */
const IN_THE_MAKING = '.part';
const FILE = 'file';
const ABOUT = 'about.json';

const aboutSchema = z.object({ type: z.string(), size: z.number(), sha256: z.string() });

/**
 * Files in a folder. Each has a folder of its own, made elsewhere, written to the disk and then moved to its place in one
 * step: it is there whole or not at all, whenever the process or the machine dies.
 */
export async function openFolderBlobs({ folder, paths, ownUrl, publicUrl }: FolderBlobsOptions): Promise<BlobStore> {
  const parts = join(folder, IN_THE_MAKING);
  await rm(parts, { recursive: true, force: true });
  await mkdir(parts, { recursive: true, mode: 0o700 });
  const placeOf = (key: string) => join(folder, ...segmentsOfKey(key));

  async function aboutOf(key: string): Promise<z.infer<typeof aboutSchema> | undefined> {
    const text = await readFile(join(placeOf(key), ABOUT), 'utf8').catch(unlessMissing);
    return text === undefined ? undefined : aboutSchema.parse(JSON.parse(text));
  }

  /** Moves it to its place, unless something is there: a folder replaces no folder that holds something. */
  async function moveTo(place: string, part: string): Promise<boolean> {
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    try {
      await rename(part, place);
    } catch (error) {
      if (isCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) return false;
      throw error;
    }
    await syncFolder(dirname(place));
    return true;
  }

  return {
    async put(key, body, { type, maxBytes }) {
      const place = placeOf(key);
      const part = join(parts, randomUUID());
      await mkdir(part, { mode: 0o700 });
      try {
        const facts = await writeFile(join(part, FILE), body, maxBytes);
        await writeFile(join(part, ABOUT), [Buffer.from(JSON.stringify({ type, ...facts }))], Infinity);
        await syncFolder(part);
        if (await moveTo(place, part)) return facts;
        const { size, sha256 } = (await aboutOf(key)) ?? facts;
        return { size, sha256 };
      } finally {
        await rm(part, { recursive: true, force: true });
      }
    },

    async get(key, range) {
      const about = await aboutOf(key);
      if (!about) return undefined;
      const { size, type } = about;
      if (range && range.from >= size) throw new RangeError('The range lies behind the file');
      const bytes = range && { start: range.from, ...(range.to !== undefined && { end: range.to }) };
      const path = join(placeOf(key), FILE);
      // Opened when it is read: what is not read would stay open.
      return { body: { [Symbol.asyncIterator]: () => createReadStream(path, bytes).iterator() }, size, type };
    },

    async linkTo(key, name, seconds) {
      return publicUrl === undefined ? undefined : `${publicUrl}${paths.sign({ method: 'GET', key }, name, seconds)}`;
    },

    async uploadTo(key, { type, size }, seconds) {
      const path = paths.sign({ method: 'PUT', key, type, size }, segmentsOfKey(key).at(-1) ?? '', seconds);
      return { url: `${publicUrl ?? ownUrl}${path}`, headers: { 'content-type': type } };
    },

    async remove(key) {
      await rm(placeOf(key), { recursive: true, force: true });
    },
  };
}

/** Writes a file to the disk. Throws `TooLargeError` beyond `maxBytes`, and what the body throws. */
async function writeFile(
  path: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<BlobFacts> {
  const hash = createHash('sha256');
  let size = 0;
  await using file: FileHandle = await open(path, 'wx', 0o600);
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLargeError(maxBytes);
    hash.update(chunk);
    await file.writev([chunk]);
  }
  await file.sync();
  return { size, sha256: hash.digest('hex') };
}

/** Otherwise a power cut could forget that something was moved here. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(path, 'r');
  await handle.sync();
}

function unlessMissing(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error;
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
