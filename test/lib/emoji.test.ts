import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { emojiFile } from '#lib/emoji';

test('the emoji are those that the generator writes, and small enough', async () => {
  const stored = await readFile(new URL('../../web/parts/composer/emoji.json', import.meta.url), 'utf8');

  expect(stored).toBe(await emojiFile());
  expect(gzipSync(stored).length).toBeLessThan(8_000);
});
