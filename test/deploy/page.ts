import { deepEqual, equal, match } from 'node:assert/strict';
import { type Browser, chromium, type Page } from 'playwright-core';
import { callApi, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { findChromium } from '#test/page/chromium';
import { watch } from '#test/page/csp';
import { lineOf, untilSeen } from '#test/page/people';
import { PATIENCE_MS } from '#test/patience';
import { giveRoles } from './doorbell.ts';
import { type Connected, connect, type Trial } from './spine.ts';

/** Opens the page of a deployed stack in a browser: sign-in, a client who writes, an answer, the envelope. */
export async function playPage(trial: Trial): Promise<void> {
  const { report, url, bot, withinMs } = trial;
  const shop = await connect(trial);
  await giveRoles(shop);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  let message = 0;
  const hello = `Hello, this is ${chat}`;
  const writes = (text: string) => {
    message += 1;
    return postUpdate(shop.webhook, clientText({ chat, id: message, text }));
  };
  const { path, env } = await findChromium();
  const variables = { ...process.env, ...env } as Record<string, string>;
  const browser = await chromium.launch({ executablePath: path, env: variables, args: ['--disable-gpu'] });
  try {
    await writes('Good day! Is anybody there?');
    await shop.chatAs(chat, { unanswered: true });
    const { page, watched } = await report.check('a link opens the page with those who wait, and opens it once', () =>
      open(browser, url, shop),
    );
    await report.check('a message that comes now is shown without a reload', async () => {
      await writes(hello);
      await lineOf(page, '').filter({ hasText: hello }).first().waitFor();
    });
    await report.check('an answer from the page arrives, and the envelope is grey', async () => {
      await lineOf(page, '').filter({ hasText: hello }).first().click();
      await untilSeen(page);
      await page.getByRole('textbox', { name: /^Message to/ }).fill('From the page');
      await page.getByRole('textbox', { name: /^Message to/ }).press('Enter');
      await shop.sent(chat, 'From the page');
      await page.getByRole('button', { name: 'Nothing to answer' }).waitFor();
    });
    await report.check('a file goes from the page to the bucket, leaves, and is shown from there', async () => {
      const text = 'x'.repeat(5_000_000);
      const files = [{ name: 'price list.txt', mimeType: 'text/plain', buffer: Buffer.from(text) }];
      await page.locator('input[type=file]').setInputFiles(files);
      await page.getByRole('textbox', { name: /^Message to/ }).press('Enter');
      const link = page.getByRole('article').getByRole('link', { name: /price list\.txt/ });
      await link.waitFor();
      const address = String(await link.getAttribute('href'));
      // The stream tells of a file a moment after the history shows its message.
      await until('the file is there', async () => {
        const { status } = await fetch(url + address.slice(address.indexOf('/files/')));
        return status === 200 || undefined;
      });
      const left = await until(
        'the messenger has it',
        async () => bot.calls.find(({ file }) => file !== undefined),
        withinMs,
      );
      equal(left.method, 'sendDocument');
    });
    await report.check('no reply needed, and Undo', async () => {
      await writes('Thanks!');
      await page.getByRole('button', { name: 'No reply needed (1)' }).waitFor();
      await untilSeen(page);
      await page.getByRole('button', { name: 'No reply needed (1)' }).click();
      await page.getByRole('button', { name: 'Nothing to answer' }).waitFor();
      await shop.chatAs(chat, { unanswered: false });
      await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: 'No reply needed (1)' }).waitFor();
    });
    await report.check('the policy of the page was kept, and nothing went wrong in it', async () => {
      deepEqual(watched, { violations: [], errors: [] });
    });
  } finally {
    await browser.close();
  }
}

async function open(browser: Browser, url: string, shop: Connected) {
  const { status, body } = await callApi(url, 'POST', '/v1/page-links', { key: shop.key, body: { userId: 'olga' } });
  equal(status, 201, JSON.stringify(body));
  const context = await browser.newContext({ locale: 'en-GB' });
  const watched = await watch(context);
  const page: Page = await context.newPage();
  // The engine serves a REST API at another address than AWS, which the link names.
  await page.goto(`${url}/chat/${body.url.split('/chat/')[1]}`);
  page.setDefaultTimeout(PATIENCE_MS);
  await lineOf(page, '').first().waitFor();
  match(page.url(), /\/chat\/[\w-]+(#(?!k=).*)?$/);
  const again = await callApi(url, 'POST', '/v1/page-tokens', { body: { link: body.url.split('#k=')[1] } });
  equal(again.status, 410, JSON.stringify(again.body));
  return { page, watched };
}
