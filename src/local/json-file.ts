import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';

/** Reads the value in the file; undefined if there is no file. Throws if the file holds no JSON. */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file as a whole or not at all. Only the owner may read it. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  const next = `${path}.${randomUUID()}`;
  try {
    await writeToDisk(next, JSON.stringify(value, null, 2));
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

async function writeToDisk(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(`${text}\n`);
  await file.sync();
}
