import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#clock';
import { openFolderBlobs } from '#local/folder-blobs';
import { createSignedEntrance } from '#local/server/signed-entrance';
import { createSignedPaths } from '#local/signed-paths';
import type { BlobStore } from '#media/blob-store';
import { blobContract, bytesOf, inPieces, newKey } from '#test/media/blob-contract';

let folder: string;
let server: Server;
let url: string;
let store: BlobStore;
let now = Date.now();
const paths = createSignedPaths({ ...systemClock, now: () => now });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konvert-blobs-'));
  server = createServer(
    (request, response) => void createSignedEntrance({ paths, blobs: store }).serve(request, response),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  store = await openFolderBlobs({ folder, paths, ownUrl: url, publicUrl: url });
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe('a folder of files', () => {
  blobContract(() => store);

  test('has no links where only this machine reaches it, and takes uploads', async () => {
    const own = await openFolderBlobs({ folder, paths, ownUrl: url });
    const [key, other] = [newKey(), newKey()];
    await own.put(key, inPieces(Buffer.from('x')), { type: 'image/png', disposition: '', maxBytes: 10 });
    expect(await own.linkTo(key, 'photo.png', 60)).toBeUndefined();
    const upload = await own.uploadTo(other, { type: 'image/png', size: 3 }, 60);
    expect((await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: 'abc' })).status).toBe(200);
    expect(String(await bytesOf((await own.get(other))?.body))).toBe('abc');
  });

  test('an address ends when its time is over', async () => {
    const key = newKey();
    await store.put(key, inPieces(Buffer.from('x')), { type: 'image/png', disposition: '', maxBytes: 10 });
    const link = (await store.linkTo(key, 'photo.png', 60))!;
    const { url: upload, headers } = await store.uploadTo(newKey(), { type: 'image/png', size: 1 }, 60);
    now += 61_000;
    expect((await fetch(link)).status).toBe(403);
    expect((await fetch(upload, { method: 'PUT', headers, body: 'x' })).status).toBe(403);
  });

  test('what could run a script is handed out as an attachment without a type', async () => {
    const key = newKey('page.html');
    await store.put(key, inPieces(Buffer.from('<script>')), { type: 'text/html', disposition: '', maxBytes: 10 });
    const { headers } = await fetch((await store.linkTo(key, 'page.html', 60))!);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  test('a process that is killed in the middle leaves nothing', async () => {
    const key = newKey();
    const code = `
      import { openFolderBlobs } from '#local/folder-blobs';
      const store = await openFolderBlobs({ folder: ${JSON.stringify(folder)}, paths: {}, ownUrl: '' });
      const body = async function* () { for (let at = 0; ; at += 1) { yield Buffer.alloc(60_000); if (at === 20) console.log('writing'); } };
      await store.put(${JSON.stringify(key)}, body(), { type: 'image/png', disposition: '', maxBytes: 1e9 });
    `;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await readdir(join(folder, '.part'))).toHaveLength(1);
    const next = await openFolderBlobs({ folder, paths, ownUrl: url });
    expect(await next.get(key)).toBeUndefined();
    expect(await readdir(join(folder, '.part'))).toEqual([]);
    await next.put(key, inPieces(Buffer.from('whole')), { type: 'image/png', disposition: '', maxBytes: 10 });
    expect(String(await bytesOf((await next.get(key))?.body))).toBe('whole');
  });
});
