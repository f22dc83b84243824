import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { codeBlocksOf } from '#test/docs/markdown';
import { callApi, freePort } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';

const page = await readFile(join(resolve(import.meta.dirname, '../..'), 'docs/migrating-from-wazzup.md'), 'utf8');
const [checks] = codeBlocksOf(page).filter(({ language }) => language === 'bash');
const commands = checks!.code.split('\n');

test('the checks of docs/migrating-from-wazzup.md are answered as their comments say', async () => {
  const folder = await makeFolder();
  const { url } = await startKonvert({ folder, port: await freePort(), by: 'node', env: { KONVERT_DEMO: 'on' } });
  const { apiKey: key } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  expect((await callApi(url, 'POST', '/v3/users', { key, body: [{ id: '17', name: 'Anna' }] })).status).toBe(200);
  const env = { ...process.env, KONVERT: url, KEY: key };

  const answers: unknown[] = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('bash', ['-c', command], { env });
    answers.push(JSON.parse(stdout));
  }

  const active = expect.objectContaining({ channelId: expect.any(String), state: 'active' });
  expect(answers).toEqual([
    [active, active, active],
    expect.arrayContaining([expect.objectContaining({ id: '17' })]),
    expect.objectContaining({ count: 2 }),
    expect.objectContaining({ channels: expect.any(Object) }),
    expect.objectContaining({ webhooksUri: null }),
    { deliveries: [] },
    expect.objectContaining({ counterV2: 0 }),
    { chats: [] },
    { url: expect.stringContaining('/chat/') },
  ]);
  expect(JSON.stringify(answers[3])).toContain('userRoles');
});
