import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '#test/calls/receiver-double';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { wrongInTypes } from '#test/clients/compiled';
import { freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { BOT_TOKEN, clientText } from '#test/e2e/telegram-update';
import { codeBlocksOf } from './markdown.ts';

const root = resolve(import.meta.dirname, '../..');
const client = join(root, 'clients/typescript/index.ts');
const run = promisify(execFile);
const guide = await readFile(join(root, 'docs/guide.md'), 'utf8');

const CHAT = 5001;
const HELLO = 'Do you deliver on Sundays?';
const REPLY = 'We do, from ten to six.';

/** The part of the guide under that heading, without those beside it. */
function sectionOf(heading: string): string {
  const [, section] = guide.split(`${heading}\n`);
  return (section ?? expect.fail(`The guide has no ${heading}`)).split(/^#{1,3} /m)[0]!;
}

/** The one block of that language that calls something. */
function codeOf(section: string, language: string): string {
  const codes = codeBlocksOf(section).filter((block) => block.language === language && !/^export /.test(block.code));
  expect(codes).toHaveLength(1);
  return codes[0]!.code;
}

/** Konvert as the guide has it started, with a bot that a client writes to, and a folder to work in. */
async function startWithBot() {
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const folder = await makeFolder();
  const konvert = await startKonvert({
    folder,
    port: await freePort(),
    by: 'node',
    env: { KONVERT_TELEGRAM_API: bot.baseUrl },
  });
  const cwd = await mkdtemp(join(tmpdir(), 'konvert-guide-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  await symlink(folder, join(cwd, '.konvert'));
  return { bot, konvert, cwd };
}

/** What a shell has after the exports of the guide, with what is said of this Konvert. */
async function exported(cwd: string, url: string): Promise<Record<string, string>> {
  const { code } = codeBlocksOf(sectionOf('## Your first call'))[0]!;
  const values = code.replace('http://127.0.0.1:8787', url).replace('the token of your bot', BOT_TOKEN);
  const { stdout } = await run('bash', ['-ec', `${values}\nenv -0`], { cwd });
  return Object.fromEntries(
    stdout.split('\0').map((line) => [line.split('=', 1)[0]!, line.slice(line.indexOf('=') + 1)] as const),
  );
}

const hasHttpx = spawnSync('python3', ['-c', 'import httpx']).status === 0;
const standIn = join(import.meta.dirname, 'stand-ins');

const languages = {
  bash: (code: string) => ['bash', ['-ec', code.replaceAll('curl ', 'curl -sS --fail-with-body ')]],
  typescript: (code: string) => [
    process.execPath,
    ['--input-type=module-typescript', '--eval', code.replace("'@konvert/client'", JSON.stringify(client))],
  ],
  python: (code: string) => ['python3', ['-c', code]],
} as const satisfies Record<string, (code: string) => readonly [string, readonly string[]]>;

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.each(Object.entries(languages))('the first call in %s', (language, program) => {
  test.skipIf(language === 'python' && !hasPython)(
    'makes an account, connects a bot, reads who waits and replies',
    async () => {
      const { bot, konvert, cwd } = await startWithBot();
      const env = await exported(cwd, konvert.url);
      if (!hasHttpx) env.PYTHONPATH = standIn;
      const step = async (heading: string) => {
        const [command, args] = program(codeOf(sectionOf(heading), language));
        return (await run(command, [...args], { cwd, env })).stdout;
      };
      const valueIn = (answer: string, name: string) =>
        new RegExp(`["']?${name}["']?: ?["']([^"']+)["']`).exec(answer)?.[1] ?? expect.fail(`No ${name}: ${answer}`);

      env.KONVERT_KEY = valueIn(await step('### 1. Make an account'), 'apiKey');
      env.CHANNEL_ID = valueIn(await step('### 2. Connect a channel'), 'channelId');
      bot.push(clientText({ chat: CHAT, id: 1, text: HELLO }));
      env.CHAT_ID = String(CHAT);
      const waiting = await until('the client waits', async () => {
        const chats = await step('### 3. Read who waits');
        return chats.includes(HELLO) ? chats : undefined;
      });
      const read = await step('### 4. Read and reply');

      expect(waiting).toContain(env.CHANNEL_ID);
      expect(waiting).toContain(env.CHAT_ID);
      expect(read).toContain(HELLO);
      await until('the client has the reply', async () => {
        const sent = bot.calls.find(({ method }) => method === 'sendMessage')?.body as { text?: string } | undefined;
        return sent?.text === REPLY || undefined;
      });
    },
  );
});

test('the other calls of the guide are answered with success', async () => {
  const { konvert, cwd } = await startWithBot();
  const env = await exported(cwd, konvert.url);
  const curl = async (section: string, place = (code: string) => code) => {
    const [command, args] = languages.bash(place(codeOf(sectionOf(section), 'bash')));
    return JSON.parse((await run(command, [...args], { cwd, env })).stdout);
  };
  env.KONVERT_KEY = (await curl('### 1. Make an account')).apiKey;
  const headers = { authorization: `Bearer ${env.KONVERT_KEY}` };
  await fetch(`${konvert.url}/v3/users`, { method: 'POST', headers, body: '[{"id": "17", "name": "Ivan"}]' });
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());

  expect(await curl('## Authentication')).toEqual({ chats: [] });
  await curl('## Events', (code) => code.replace('https://crm.example/konvert', receiver.url));
  expect(receiver.calls.map(({ body }) => body)).toEqual([{ test: true }]);
});

test('the TypeScript of the guide is of the types of @konvert/client', async () => {
  const codes = codeBlocksOf(guide).filter(({ language }) => language === 'typescript');

  const wrong = await wrongInTypes(codes.map(({ code }) => code));

  expect(codes).toHaveLength(4);
  expect(wrong).toBe('');
});
