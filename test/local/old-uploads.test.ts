import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#clock';
import { openFolderBlobs } from '#local/folder-blobs';
import { removeOldUploads } from '#local/old-uploads';
import { createSignedPaths } from '#local/signed-paths';
import type { BlobStore } from '#media/blob-store';
import { inPieces } from '#test/media/blob-contract';

const HOUR = 3_600_000;

let folder: string;
let store: BlobStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konvert-uploads-'));
  store = await openFolderBlobs({ folder, paths: createSignedPaths(systemClock), ownUrl: '' });
});

afterEach(() => rm(folder, { recursive: true }));

async function put(key: string): Promise<void> {
  await store.put(key, inPieces(Buffer.from('x')), { type: 'text/plain', disposition: '', maxBytes: 10 });
}

test('uploads that are two days old are removed, and nothing else', async () => {
  await removeOldUploads(folder, Date.now());
  await put('up/account/2026-11/file1/a.txt');
  await put('out/account/2026-11/file2/a.txt');

  await removeOldUploads(folder, Date.now() + 47 * HOUR);
  expect(await store.get('up/account/2026-11/file1/a.txt')).toBeDefined();

  await removeOldUploads(folder, Date.now() + 49 * HOUR);
  expect(await store.get('up/account/2026-11/file1/a.txt')).toBeUndefined();
  expect(await store.get('out/account/2026-11/file2/a.txt')).toBeDefined();
  expect(await readdir(join(folder, 'up/account/2026-11'))).toEqual([]);
});
