import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi } from '#test/e2e/call-api';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { watch } from './csp.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();
const chromium = useBrowser();

test('what a policy refuses is seen, and so is what nobody catches', async () => {
  const context = await chromium.newUnwatched();
  const watched = await watch(context);
  const page = await context.newPage();
  await page.goto(`${konvert.url}/chat/-`);

  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/a.png' }))`,
  );
  await page.evaluate(`try { document.body.innerHTML = '<b>no</b>' } catch {}`);
  await page.evaluate(`setTimeout(() => { throw new Error('nobody catches this') })`);
  await expect.poll(() => watched.errors.join()).toContain('nobody catches this');
  await expect.poll(() => watched.violations.join()).toContain('img-src https://elsewhere.example/a.png');
  expect(watched.violations.join()).toContain('require-trusted-types-for');
});

test('a request that a test plays with and that is on its way when its window is closed is no fault', async () => {
  const page = await chromium.open(`${konvert.url}/chat/-`);
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  await page.route('**/healthz', async (route) => {
    isAsked();
    // The page is gone before that.
    await page.waitForEvent('close', { timeout: 0 }).catch(() => undefined);
    await route.fulfill({ response: await route.fetch() });
  });
  await page.evaluate(`void fetch('/healthz').catch(() => undefined)`);
  await asked;
});

test('axe looks at a page under its policy', async () => {
  const page = await chromium.open(`${konvert.url}/chat/-`);

  await page.evaluate(`document.body.append(document.createElement('button'))`);

  expect((await axe(page)).join()).toContain('button-name');
});

test('a client writes, and gets the answer', async () => {
  await konvert.says('anna', 'Good day!');
  const { chatId, channelId } = konvert.account;
  const body = { channelId, chatType: 'telegram', chatId, text: 'Hello, Anna!' };

  expect((await konvert.api('POST', '/v3/message', { body, as: 'olga' })).status).toBe(201);
  await konvert.untilGot('anna', 'Hello, Anna!');
});

test('in the demo account, and only there, a page may play the clients', async () => {
  const { body: demo } = await konvert.api('GET', '/v1/me', { as: 'olga' });
  const key = (await readFile(join(konvert.process.folder, 'operator.key'), 'utf8')).trim();
  const { body: other } = await callApi(konvert.url, 'POST', '/v1/accounts', { key, body: { name: 'Other' } });

  expect(demo.demo).toBe(true);
  expect((await callApi(konvert.url, 'GET', '/v1/me', { key: other.apiKey })).body.demo).toBeUndefined();
});
