import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageFiles } from '#functions/serve-page/page-files';
import { buildDocs } from '#lib/docs';
import { writePage } from '#lib/page';
import { docsSizesOf } from '#lib/page-sizes';

const docs = await buildDocs();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konvert-docs-'));
  writePage(folder, docs, 'quick');
});

afterAll(() => rm(folder, { recursive: true }));

test('the same sources give the same files', async () => {
  expect(await buildDocs()).toEqual(docs);
});

test('the document names files that are there, by addresses relative to /docs, and brings nothing inline', async () => {
  const document = Buffer.from((await openPageFiles(folder).document([])).bytes).toString();

  const named = [...document.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address!);
  const files = named.filter((address) => address !== 'openapi.json');
  expect(files.length).toBeGreaterThan(2);
  for (const address of files) {
    expect(address).toMatch(/^docs\/[\w.-]+-[0-9A-Za-z]{8}\.\w+$/);
    expect(await openPageFiles(folder).get(address.slice('docs/'.length), [])).toBeDefined();
  }
  expect(document).not.toMatch(/<style| style=| on\w+=|<script>/);
});

test('a file comes in Brotli, and as it is', async () => {
  const [script = ''] = docs.byModule['viewer.ts']!;
  const plain = (await openPageFiles(folder).get(script, []))!;
  const br = (await openPageFiles(folder).get(script, ['br', 'gzip']))!;

  expect([plain.encoding, br.encoding]).toEqual([undefined, 'br']);
  expect(brotliDecompressSync(br.bytes)).toEqual(Buffer.from(plain.bytes));
});

test('no file is larger than a function may answer: 6 MB, of which base64 takes a quarter', () => {
  for (const { bytes } of docs.files) expect(bytes.length).toBeLessThan(4_000_000);
});

test.each(docsSizesOf(docs))('$part: $bytes of $most bytes after Brotli', ({ bytes, most }) => {
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(most);
});
