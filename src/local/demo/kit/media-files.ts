import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';

/** A file as a demo messenger keeps it. */
export interface DemoFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The files that were sent through a demo messenger, from and to clients. */
export interface MediaFiles {
  /** Keeps a file, and forgets the oldest over fifty. Resolves when it is on the disk. */
  add(file: Omit<DemoFile, 'id'>): Promise<DemoFile>;
  get(id: string): Promise<DemoFile | undefined>;
}

/** What a message says of its file. */
export function aboutFile({ id, name, type, bytes }: DemoFile) {
  return { id, name, type, size: bytes.length };
}

const KEPT_FILES = 50;

const aboutSchema = z.object({ name: z.string(), type: z.string() });

/** Opens the files that the last run left in the folder, which is made if it is missing. */
export async function openMediaFiles(folder: string): Promise<MediaFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => join(folder, id);

  async function forgetOld(): Promise<void> {
    const ids = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
    const aged = await Promise.all(ids.map(async (id) => ({ id, at: (await stat(pathOf(id))).mtimeMs })));
    const old = aged.sort((one, other) => other.at - one.at).slice(KEPT_FILES);
    await Promise.all(old.flatMap(({ id }) => [rm(pathOf(id)), rm(`${pathOf(id)}.json`, { force: true })]));
  }

  return {
    async add({ name, type, bytes }) {
      // Ids of real messengers are digits, too.
      const id = String(randomBytes(6).readUIntBE(0, 6) + 1);
      await writeJsonFile(`${pathOf(id)}.json`, { name, type });
      await writeFile(pathOf(id), bytes, { mode: 0o600 });
      await forgetOld();
      return { id, name, type, bytes };
    },

    async get(id) {
      if (!/^\d+$/.test(id)) return undefined;
      const about = aboutSchema.safeParse(await readJsonFile(`${pathOf(id)}.json`));
      return about.success ? { id, ...about.data, bytes: await readFile(pathOf(id)) } : undefined;
    },
  };
}
