import puppeteer from 'puppeteer-core';
import { PATIENCE_MS } from '#test/patience';
import type { SmokeBrowser } from './browser.ts';

/** Debian's Firefox, driven by WebDriver BiDi. */
export async function openFirefox(
  executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr',
): Promise<SmokeBrowser> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, timeout: PATIENCE_MS });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    name: 'Firefox',
    open: async (url) => {
      await page.goto(url);
    },
    run: async (script, where = 'page') => {
      const frame = where === 'page' ? page.mainFrame() : page.frames()[1];
      if (!frame) throw new Error('There is no frame in the page');
      return frame.evaluate(script.includes('return') ? `(() => { ${script} })()` : script) as never;
    },
    type: (text) => page.keyboard.type(text),
    resize: (width, height) => page.setViewport({ width, height }),
    close: () => browser.close(),
  };
}
