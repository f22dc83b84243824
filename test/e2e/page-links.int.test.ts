import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';

const LINK = /^http:\/\/[\w.:]+\/chat\/[\w-]+#k=([\w-]{43})$/;

test('npm start prints a link for each of the demo company, and the command makes others', async () => {
  needsThisMachine('the links that npm start prints');
  const folder = await makeFolder();
  const { url, output } = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  await until('the links are printed', async () => output().includes('Pavel, quality control: ') || undefined);
  const page = (...words: string[]) => runCommand({ folder }, 'page', ...words);
  const spend = (link: string) => callApi(url, 'POST', '/v1/page-tokens', { body: { link: LINK.exec(link)?.[1] } });
  const secrets: string[] = [];
  const opened = async (link: string) => {
    const { body } = await spend(link);
    secrets.push(LINK.exec(link)![1]!, body.token);
    return (await callApi(url, 'GET', '/v1/me', { key: body.token })).body;
  };

  for (const [who, id] of [
    ['Olga, head', 'olga'],
    ['Ivan, seller', 'ivan'],
    ['Maria, seller', 'maria'],
    ['Pavel, quality control', 'pavel'],
  ] as const) {
    const [, link = ''] = new RegExp(`${who}: (\\S+)\\n`).exec(output()) ?? [];
    expect(link.startsWith(`${url}/chat/`)).toBe(true);
    expect(await opened(link)).toMatchObject({ user: { id }, demo: true });
    expect((await spend(link)).status).toBe(410);
  }

  for (const [words, user] of [
    [['--as', 'olga'], { id: 'olga' }],
    [['--settings'], null],
  ] as const) {
    const made = await page(...words);
    expect(made).toEqual({ code: 0, output: expect.stringContaining('It opens once, within 10 minutes.') });
    const [link = ''] = made.output.split('\n').filter((line) => LINK.test(line));
    const me = await opened(link);
    if (user) expect(me).toMatchObject({ user });
    else expect(me.user).toBeNull();
  }

  // The names of this machine serve alike, and a link keeps the one that was used.
  const { apiKey } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  const local = url.replace('127.0.0.1', 'localhost');
  const made = await callApi(local, 'POST', '/v1/page-links', { key: apiKey, body: { userId: 'olga' } });
  expect(made.body.url).toContain(`${local}/chat/`);
  const deployed = await runCommand(
    { folder: await makeFolder() },
    'page',
    '--as',
    'ivan',
    '--url',
    `${local}/`,
    '--key',
    apiKey,
  );
  expect(deployed).toEqual({ code: 0, output: expect.stringContaining(`${local}/chat/`) });

  const log = await readFile(join(folder, 'konvert.log'), 'utf8');
  expect(log).toContain('/v1/page-tokens');
  for (const secret of secrets) expect(log).not.toContain(secret);
});

test('the command says what is wrong', async () => {
  needsThisMachine('no Konvert is asked');
  const folder = await makeFolder();
  const page = (...words: string[]) => runCommand({ folder }, 'page', ...words);
  const words = (says: string) => ({ code: 2, output: expect.stringContaining(says) });

  expect(await page()).toEqual(words('Whose page? Say --as <user>, or --settings'));
  expect(await page('--as', 'olga', '--settings')).toEqual(words('Whose page?'));
  expect(await page('--for', 'olga')).toEqual(words("unknown option '--for'"));
  expect(await page('--help')).toEqual({ code: 0, output: expect.stringContaining('Usage: npm run konvert -- page') });
  expect(await page('--as', 'olga')).toEqual({ code: 1, output: expect.stringContaining('There is no API key') });
});
