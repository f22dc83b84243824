import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DEMO_KINDS } from '#local/demo/kinds';
import { codeBlocksOf } from '#test/docs/markdown';
import { callApi } from '#test/e2e/call-api';
import { openCompany } from '#test/e2e/company';
import { deployed } from '#test/e2e/place';

const page = await readFile(join(resolve(import.meta.dirname, '../..'), 'docs/migrating-from-wazzup.md'), 'utf8');
const [checks] = codeBlocksOf(page).filter(({ language }) => language === 'bash');
const commands = checks!.code.split('\n');

test('the checks of docs/migrating-from-wazzup.md are answered as their comments say', async () => {
  const { konvert, apiKey: key } = await openCompany();
  const { url } = konvert;
  expect((await callApi(url, 'POST', '/v3/users', { key, body: [{ id: '17', name: 'Anna' }] })).status).toBe(200);
  const env = { ...process.env, KONVERT: url, KEY: key };

  const answers: unknown[] = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('bash', ['-c', command], { env });
    answers.push(JSON.parse(stdout));
  }

  const active = expect.objectContaining({ channelId: expect.any(String), state: 'active' });
  expect(answers).toEqual([
    // Telegram twice, WhatsApp, and one of each other kind. A deployment has no demo, and there it is one.
    Array.from({ length: deployed ? 1 : 3 + DEMO_KINDS.length }, () => active),
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
