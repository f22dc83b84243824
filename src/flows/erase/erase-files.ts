import { eachAtOnce } from '#at-once';
import type { BlobStore } from '#media/blob-store';
import { fileKey } from '#media/file-key';
import type { StoreDeps } from '#store/dynamo/client';
import { createEraseFiles as createRows } from '#store/files/erase-files';
import { createFiles, type FileRow } from '#store/files/files';

/** A file that was erased while it may still have been on its way, and the key that its bytes would have. */
export interface MayCome {
  readonly file: string;
  readonly key?: string;
}

/** Erases files: bytes and row. Answers with how many were there, and with those that may still come. */
export type EraseFiles = (
  files: readonly MayCome[],
) => Promise<{ readonly erased: number; readonly mayCome: MayCome[] }>;

const AT_ONCE = 16;

/** Makes `eraseFiles`. The bytes go first: a row without bytes is found again, bytes without a row are not. */
export function createEraseFiles(deps: StoreDeps & { readonly blobs: Pick<BlobStore, 'remove'> }): EraseFiles {
  const { blobs } = deps;
  const files = createFiles(deps);
  const rows = createRows(deps);

  return async function eraseFiles(all) {
    const mayCome: MayCome[] = [];
    let erased = 0;
    await eachAtOnce(all, AT_ONCE, async ({ file, key: expected }) => {
      const row = await files.get(file);
      const key = row ? keyOf(row) : expected;
      if (key !== undefined) await blobs.remove(key);
      // Its row may still be put, and its bytes may be under way.
      if (!row || row.state === 'wanted') mayCome.push({ file, ...(key !== undefined && { key }) });
      if (!row) return;
      await rows.remove(file);
      erased += 1;
    });
    return { erased, mayCome };
  };
}

/** The key of its bytes: the one that is stored, or that which a file gets that comes from a messenger. */
function keyOf({ account, file, name, storedAt, key }: FileRow): string {
  return key ?? fileKey({ direction: 'in', account, at: storedAt, file, name });
}
