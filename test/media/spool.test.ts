import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TooLargeError } from '#media/blob-store';
import { spool } from '#media/spool';
import { inPieces } from '#test/media/blob-contract';

const MB = 1024 * 1024;
let disk: string;

beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'konvert-spool-'));
  vi.stubEnv('TMPDIR', disk);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(disk, { recursive: true });
});

test('a large file lies on the disk until it is dropped, a small one never does', async () => {
  const small = await spool(inPieces(Buffer.alloc(5 * MB)), 20 * MB);
  expect(await readdir(disk)).toEqual([]);
  const large = await spool(inPieces(Buffer.alloc(5 * MB + 1)), 20 * MB);
  expect(await readdir(disk)).toHaveLength(1);
  expect([small.blob.size, large.blob.size]).toEqual([5 * MB, 5 * MB + 1]);
  await large.drop();
  await small.drop();
  expect(await readdir(disk)).toEqual([]);
});

test('what is too large, or breaks off, leaves nothing on the disk', async () => {
  const breaks = async function* () {
    yield* inPieces(Buffer.alloc(6 * MB));
    throw new Error('The line is dead');
  };
  await expect(spool(breaks(), 20 * MB)).rejects.toThrow('The line is dead');
  await expect(spool(inPieces(Buffer.alloc(7 * MB)), 6 * MB)).rejects.toThrow(TooLargeError);
  expect(await readdir(disk)).toEqual([]);
});

test('what a killed function left is removed, what is under way is not', async () => {
  for (const name of ['konvert-file-old', 'konvert-file-new', 'other']) {
    await mkdir(join(disk, name));
    await writeFile(join(disk, name, 'file'), 'x');
    if (name !== 'konvert-file-new') await utimes(join(disk, name), 0, 0);
  }
  const { drop } = await spool(inPieces(Buffer.alloc(6 * MB)), 20 * MB);
  await drop();
  expect((await readdir(disk)).sort()).toEqual(['konvert-file-new', 'other']);
});
