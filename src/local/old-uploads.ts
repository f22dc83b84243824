import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How long an uploaded file may wait for its message. */
const KEPT_MS = 48 * 3_600_000;

/**
 * Removes uploads of a folder of files that no message took, and those of which it took a copy. In AWS a rule of the
 * bucket does it.
 */
export async function removeOldUploads(folder: string, now: number): Promise<void> {
  const uploads = join(folder, 'up');
  const found = await readdir(uploads, { recursive: true, withFileTypes: true }).catch(unlessMissing);
  // A file lies in a folder of its own name, in that of its id.
  const folders = new Set(found.filter((one) => one.isFile()).map(({ parentPath }) => dirname(parentPath)));
  for (const path of folders) {
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}

function unlessMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
