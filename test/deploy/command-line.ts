import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { repository } from './command.ts';
import { connect, type Trial } from './spine.ts';

/** A short day by the command line against a deployed stack: the address by KONVERT_URL, the keys by variables. */
export async function playCommandLine(trial: Trial): Promise<void> {
  const { report, url, operatorKey, withinMs } = trial;
  const shop = await connect(trial);
  const env = { KONVERT_URL: url, KONVERT_API_KEY: shop.key, KONVERT_OPERATOR_KEY: operatorKey };
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const done = async (...words: string[]) => {
    const { code, out, err } = await konvert(words, env);
    equal(code, 0, `${words.join(' ')}: ${err}`);
    return out;
  };
  const json = async (...words: string[]) => JSON.parse(await done(...words, '--json'));

  await report.check('konvert accounts, users, settings: a company is set up by the command line', async () => {
    match((await json('accounts', 'create', 'By the command line')).apiKey, /^[0-9a-f]{64}$/);
    await done('users', 'add', 'Olga', '--id', 'olga');
    const [{ channelId }] = await json('channels', 'list');
    equal(channelId, shop.channelId);
    await done('settings', 'roles', 'set', channelId, 'Olga', 'manager');
    deepEqual((await json('settings', 'roles', 'remove', channelId, 'Olga', '--preview')).saved, false);
    match(await done('settings', 'roles', 'list', channelId), /^Olga +manager/m);
  });
  await report.check('konvert chats: who waits, an answer, and nobody waits', async () => {
    await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'Good day!' }));
    const waits = async () =>
      (await json('chats', 'unanswered')).some(({ chatId }: { chatId: string }) => chatId === `${chat}`);
    await until('the chat waits', async () => (await waits()) || undefined, withinMs);
    match(await done('chats', 'show', `${chat}`, '--as', 'Olga'), /< Good day!/);
    await done('chats', 'reply', `${chat}`, 'By', 'keyboard', '--as', 'olga');
    await shop.sent(chat, 'By keyboard');
    await until('nobody waits', async () => !(await waits()) || undefined, withinMs);
  });
  await report.check('konvert page, audit, deliveries; a refusal is 1, a wrong word 2', async () => {
    match((await json('page', '--as', 'Olga')).url, /#k=/);
    match(await done('accounts', 'audit'), /connected a channel/);
    equal(await done('deliveries'), 'Nothing failed.\n');
    equal((await konvert(['channels', 'list'], { ...env, KONVERT_API_KEY: 'wrong' })).code, 1);
    equal((await konvert(['channels', 'lst'], env)).code, 2);
  });
}

/** Runs the command line with that environment. */
export async function konvert(words: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['bin/konvert.ts', ...words], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = [child.stdout, child.stderr].map(async (stream) => Buffer.concat(await stream.toArray()).toString());
  const [[code], [out = '', err = '']] = await Promise.all([once(child, 'close'), Promise.all(texts)]);
  return { code: code as number, out, err };
}
