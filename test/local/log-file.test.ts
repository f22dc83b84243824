import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLogFile } from '#local/log-file';
import { describeError } from '#log';

test('each line has a time, also one that says in `at` where an error came from', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'konvert.log');
  const { log, close } = openLogFile(path, () => undefined);

  log({ fold: 'x', ...describeError(new TypeError('private')) });
  await close();

  const line = JSON.parse(await readFile(path, 'utf8'));
  expect(line).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    fold: 'x',
    error: 'TypeError',
    at: expect.stringContaining('log-file.test.ts'),
  });
});
