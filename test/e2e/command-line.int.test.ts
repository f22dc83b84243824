import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { freePort, until } from '#test/e2e/call-api';
import { type CommandPlace, inShell, konvert } from '#test/e2e/command-line';
import { makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { BOT_TOKEN, clientText } from '#test/e2e/telegram-update';

const PIPELINES = [{ id: '1', name: 'Продажи', stages: [{ id: '10', name: 'Новый' }] }];

/** Something that listens as a CRM does, and keeps the bodies of what comes. */
async function startCrm() {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    bodies.push(JSON.parse(body || '{}'));
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`, bodies };
}

test('a company begins, works and looks after itself by the command line alone', { timeout: 600_000 }, async () => {
  needsThisMachine('it stops the server and reads its log');
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const crm = await startCrm();
  const [folder, port] = [await makeFolder(), await freePort()];
  const server = await startKonvert({ folder, port, by: 'node', env: { KONVERT_TELEGRAM_API: bot.baseUrl } });
  let env: Record<string, string> = { KONVERT_DATA_DIR: folder, PORT: String(port) };
  const secrets = [BOT_TOKEN.split(':')[1]!];
  let shown = '';

  const typed = async (words: readonly string[], place: CommandPlace = {}) => {
    const result = await konvert(words, { ...place, env: { ...env, ...place.env } });
    shown += result.out + result.err;
    return result;
  };
  const done = async (words: readonly string[], place?: CommandPlace) => {
    const result = await typed(words, place);
    expect(result, words.join(' ')).toMatchObject({ code: 0 });
    return result.out;
  };
  const json = async (...words: string[]) => {
    const result = await typed([...words, '--json']);
    expect(result, words.join(' ')).toMatchObject({ code: 0 });
    return JSON.parse(result.out);
  };

  // The company, its people and where deals begin.
  const { accountId, apiKey } = await json('accounts', 'create', 'Двери и замки');
  env = { ...env, KONVERT_API_KEY: apiKey };
  await done(['users', 'add', 'Ольга', '--id', 'olga']);
  await done(['users', 'add', 'Иван', '--id', 'ivan', '--phone', '+7 900 555-01-02']);
  await done(['users', 'rename', 'Иван', 'Иван Петров']);
  await writeFile(join(folder, 'pipelines.json'), JSON.stringify(PIPELINES));
  expect(await done(['pipelines', 'set', join(folder, 'pipelines.json')])).toContain('Продажи');

  // The messenger. The token comes by the standard input, and is in no list of processes.
  expect(await done(['channels', 'connect', 'telegram', '--name', 'Наш бот'], { input: `${BOT_TOKEN}\n` })).toMatch(
    /^Наш бот is connected\.\n[\s\S]*clients write to {2}https:\/\/t\.me\/konvert_bot/,
  );
  await done([
    'settings',
    'new-clients',
    'наш бот',
    '--mode',
    'round-robin',
    '--pipeline',
    'Продажи',
    '--stage',
    'Новый',
  ]);
  await done(['settings', 'roles', 'set', 'Наш бот', 'Ольга', 'manager']);
  await done(['settings', 'roles', 'set', 'Наш бот', 'ivan', 'seller', '--new-clients', 'on']);
  expect(await done(['settings', 'show'])).toMatch(/Наш бот +to the next in turn +Продажи +Новый +2/);

  // A client writes, and it is seen.
  const waited = typed(['channels', 'wait', 'Наш бот'], {
    onNote: (printed) =>
      printed.includes('Write something now') &&
      bot.waiting.length === 0 &&
      bot.push(clientText({ chat: 801, id: 1, text: 'Здравствуйте! 👋' })),
  });
  expect(await waited).toMatchObject({ code: 0, out: expect.stringContaining('has written to Наш бот. It works.') });
  await until(
    'the chat waits',
    async () => ((await json('chats', 'unanswered')).length === 1 ? true : undefined),
    60_000,
  );
  await until('it is given out', async () => ((await json('assignments', 'list')).length === 1 ? true : undefined));
  expect(await done(['chats', 'show', '801', '--as', 'Иван Петров'])).toContain('< Здравствуйте! 👋');
  expect(await done(['chats', 'reply', '801', 'Добрый', 'день!', '--as', 'ivan'])).toContain('It answers:');
  await until('Telegram has it', async () => bot.calls.find(({ method }) => method === 'sendMessage'), 60_000);
  await until('nobody waits', async () => (await done(['chats', 'unanswered'])) === 'Nobody waits.\n' || undefined);
  expect(await done(['assignments', 'list', '--user', 'Иван Петров', '--rule', 'round-robin'])).toMatch(
    /Client 801 in Наш бот went to Иван Петров, who was next in turn \(place 1\)/,
  );
  expect(await done(['chats', 'hand-over', '801', 'Ольга'])).toContain('Ольга is responsible');
  expect(await json('assignments', 'list', '--rule', 'handed-over')).toMatchObject([{ userId: 'olga' }]);

  // The CRM is told.
  const set = await done(['webhook', 'set', crm.url, '--events', 'messages,channels']);
  expect(set).toMatch(/events +messages, channels/);
  expect(await done(['webhook', 'test'])).toMatch(/^The address took it: 200/);
  bot.push(clientText({ chat: 801, id: 2, text: 'Спасибо' }));
  await until(
    'the CRM has it',
    async () => crm.bodies.find((body) => JSON.stringify(body).includes('Спасибо')),
    60_000,
  );
  await until('its answer is noted', async () => / 200 /.test(await done(['webhook', 'answers'])) || undefined);
  expect(await done(['deliveries'])).toBe('Nothing failed.\n');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  expect(await done(['deliveries', 'replay', 'webhook', '--from', from])).toMatch(/^\d+ deliver/);
  await until('it waits', async () => ((await json('chats', 'unanswered')).length === 1 ? true : undefined), 60_000);
  expect(await done(['chats', 'no-reply-needed', '801', '--reason', 'Спасибо'])).toContain('< Спасибо');

  // Keys, devices, links, records.
  const { apiKey: second, keyId } = await json('accounts', 'keys', 'create', '--name', 'CRM');
  secrets.push(second.slice(0, 20));
  await done(['accounts', 'keys', 'revoke', 'crm', '--yes']);
  expect((await json('accounts', 'keys', 'list')).map((key: { keyId: string }) => key.keyId)).not.toContain(keyId);
  expect(await json('devices', 'list')).toEqual([]);
  expect((await json('page', '--as', 'Ольга')).url).toMatch(/\/chat\/.*#k=/);
  expect(await done(['accounts', 'audit'])).toMatch(/revoked a key[\s\S]*connected a channel +Наш бот/);

  expect(await done(['health'])).toMatch(
    /waits longest +nobody\nwithout anybody +nobody\n\nEverything leaves as it should\./,
  );

  // What is refused, and what is wrong.
  expect(await typed(['channels', 'enable', 'Нащ бот'])).toMatchObject({
    code: 2,
    err: 'There is no channel "Нащ бот". Did you mean "Наш бот"?\n',
  });
  expect(await typed(['channels', 'delete', 'Наш бот'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('add --yes'),
  });
  expect(await typed(['channels', 'list'], { env: { KONVERT_API_KEY: 'x' } })).toMatchObject({
    code: 1,
    err: expect.stringContaining('401 UNAUTHORIZED'),
  });

  // The same by npm, and through a pipe that closes.
  const byNpm = await runCommand({ folder, env }, 'users', 'list');
  expect(byNpm).toMatchObject({ code: 0, output: expect.stringContaining('Ольга') });
  const piped = await inShell('set -o pipefail; konvert accounts audit --json | head -c 1', { env });
  expect(piped).toEqual({ code: 0, out: '[', err: '' });

  // Ctrl-C says what it means.
  const ended = await typed(['channels', 'wait', 'Наш бот'], {
    onNote: (printed, interrupt) =>
      printed.includes('Write something now') && !printed.includes('Stopped') && interrupt(),
  });
  expect(ended).toMatchObject({
    code: 130,
    out: '',
    err: expect.stringContaining('Stopped. What Konvert was asked to do may be done'),
  });

  // The end of it.
  await done(['channels', 'delete', 'Наш бот', '--yes']);
  await done(['accounts', 'disable', accountId]);
  await until(
    'its keys are refused',
    async () => ((await typed(['users', 'list'])).err.includes('ACCOUNT_DISABLED') ? true : undefined),
    60_000,
  );
  await server.stop();
  expect(await typed(['users', 'list'])).toEqual({
    code: 1,
    out: '',
    err: `Konvert does not answer at ${server.url} (ECONNREFUSED). Start it first: npm start\n`,
  });

  const log = await readFile(join(folder, 'konvert.log'), 'utf8');
  expect(shown).not.toContain(secrets[0]);
  for (const secret of [...secrets, apiKey]) expect(log + server.output()).not.toContain(secret);
});
