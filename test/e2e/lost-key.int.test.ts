import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '#test/e2e/call-api';
import { makeFolder, runKonvert, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';

test('a database without its cipher.key is not opened with a new key', async () => {
  needsThisMachine('a file of the data folder');
  const options = { folder: await makeFolder(), port: await freePort(), by: 'node' as const };
  await (await startKonvert(options)).stop();
  await rm(join(options.folder, 'cipher.key'));

  const { code, output } = await runKonvert(options);

  expect(code).toBe(1);
  expect(output).toMatch(/Konvert did not start\. .* its cipher\.key is gone; restore it from a backup/);
});
