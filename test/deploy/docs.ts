import { deepEqual, equal } from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { findChromium } from '#test/page/chromium';
import { watch } from '#test/page/csp';
import type { Asked } from './spine.ts';

/** Opens the guide and the reference of a deployed stack in a browser, and asks for a file in each encoding. */
export async function playDocs({ report, url, withinMs }: Asked): Promise<void> {
  const { path, env } = await findChromium();
  const variables = { ...process.env, ...env } as Record<string, string>;
  const browser = await chromium.launch({ executablePath: path, env: variables, args: ['--disable-gpu'] });
  try {
    await report.check('/docs shows the guide and the reference, under its policy', async () => {
      const context = await browser.newContext();
      const watched = await watch(context);
      const page = await context.newPage();
      page.setDefaultTimeout(withinMs);
      await page.goto(`${url}/docs#api/sendMessage`);
      await page.getByRole('heading', { name: 'Reply to a client, or write first' }).waitFor();
      await page.getByRole('link', { name: 'Konvert API' }).click();
      await page.getByRole('heading', { name: 'Your first call' }).waitFor();
      deepEqual(watched, { violations: [], errors: [] });
    });
    await report.check('a file of /docs is the same in Brotli, in gzip and as it is', async () => {
      const document = await (await fetch(`${url}/docs`)).text();
      const [, script = ''] = /<script type="module" src="([^"]+)">/.exec(document) ?? [];
      const texts = ['br', 'gzip', 'identity'].map(async (encoding) => {
        const answer = await fetch(`${url}/${script}`, { headers: { 'accept-encoding': encoding } });
        equal(answer.status, 200);
        equal(answer.headers.get('content-encoding'), encoding === 'identity' ? null : encoding);
        equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
        return answer.text();
      });
      equal(new Set(await Promise.all(texts)).size, 1);
    });
  } finally {
    await browser.close();
  }
}
