import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#clock';
import { openFolderBlobs } from '#local/folder-blobs';
import { createSignedPaths } from '#local/signed-paths';
import type { BlobStore } from '#media/blob-store';

/** Files in a folder that is made when the first file needs it, because most worlds have none. */
export function lazyBlobs(): { readonly store: BlobStore; remove(): Promise<void> } {
  let opened: Promise<{ folder: string; store: BlobStore }> | undefined;
  async function open() {
    const folder = await mkdtemp(join(tmpdir(), 'konvert-files-'));
    return { folder, store: await openFolderBlobs({ folder, paths: createSignedPaths(systemClock), ownUrl: '' }) };
  }
  async function store(): Promise<BlobStore> {
    opened ??= open();
    return (await opened).store;
  }
  return {
    store: {
      put: async (...given) => (await store()).put(...given),
      get: async (...given) => (await store()).get(...given),
      linkTo: async (...given) => (await store()).linkTo(...given),
      uploadTo: async (...given) => (await store()).uploadTo(...given),
      remove: async (...given) => (await store()).remove(...given),
    },
    async remove() {
      if (opened) await rm((await opened).folder, { recursive: true, force: true });
    },
  };
}
