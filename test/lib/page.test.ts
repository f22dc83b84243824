import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageFiles } from '#functions/serve-page/page-files';
import { buildPage, writePage } from '#lib/page';
import { sizesOf } from '#lib/page-sizes';

const page = await buildPage();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konvert-page-'));
  writePage(folder, page, 'quick');
});

afterAll(() => rm(folder, { recursive: true }));

test('the same sources give the same page', async () => {
  expect(await buildPage()).toEqual(page);
});

test('the document names files that are there, by relative addresses', async () => {
  const { type, bytes } = await openPageFiles(folder).document([]);
  const document = Buffer.from(bytes).toString();

  expect(type).toBe('text/html; charset=utf-8');
  const named = [...document.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(named.length).toBeGreaterThan(4);
  for (const address of named) {
    expect(address).toMatch(/^\.\.\/page\/[\w.-]+-[0-9A-Za-z]{8}\.\w+$/);
    expect(await openPageFiles(folder).get(address.slice('../page/'.length), [])).toBeDefined();
  }
  expect(document).not.toMatch(/<style| style=| on\w+=|<script>/);
});

test('each file comes in the encodings that were asked for, and as it is otherwise', async () => {
  const files = openPageFiles(folder);
  const [script = ''] = page.byModule['main.tsx']!;
  const plain = (await files.get(script, []))!;
  const gzip = (await files.get(script, ['gzip']))!;
  const br = (await files.get(script, ['br', 'gzip']))!;

  expect([plain.encoding, gzip.encoding, br.encoding]).toEqual([undefined, 'gzip', 'br']);
  expect(gunzipSync(gzip.bytes)).toEqual(Buffer.from(plain.bytes));
  expect(brotliDecompressSync(br.bytes)).toEqual(Buffer.from(plain.bytes));
  expect((await files.get('icon-512.png', ['br']))?.encoding).toBeUndefined();
});

test('what is no file of the page is not read, though it is in the folder', async () => {
  const files = openPageFiles(folder);
  for (const name of ['index.html', 'manifest.json', 'index.html.br', '../page.ts', '__proto__']) {
    expect(await files.get(name, ['br'])).toBeUndefined();
  }
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toContain('index.html');
});

test('the app of the page names its icons, and opens where people sign in', async () => {
  const { bytes } = page.files.find(({ name }) => name.endsWith('.webmanifest'))!;
  const app = JSON.parse(Buffer.from(bytes).toString());

  expect(app).toMatchObject({ start_url: '../chat/-', scope: '../chat/' });
  for (const { src } of app.icons) expect(page.files.map(({ name }) => name)).toContain(src);
});

test.each(sizesOf(page))('$part: $bytes of $most bytes after gzip', ({ bytes, most }) => {
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(most);
});
