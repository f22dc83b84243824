import type { Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';
import { keepToasts } from './toasts.ts';

/** All clients of the demo. */
export const CLIENTS = Object.keys(DEMO_CLIENTS) as DemoClient[];
/** A window with room for the list and a chat. */
export const WIDE = { width: 1280, height: 800 };

/** The list. */
export const nav = (page: Page) => page.getByRole('navigation');
/** Its lines, as far as they are in the document. */
export const rows = (page: Page) => nav(page).getByRole('link');
/** The line that is named so. */
export const row = (page: Page, name: string | RegExp) => nav(page).getByRole('link', { name });
/** The name above the open chat. */
export const openedName = (page: Page) => page.getByRole('heading', { level: 1 });

/** A Konvert in which every client of the demo has written, and a browser, for all tests of the file that calls this. */
export function useFullList() {
  const konvert = useKonvert();
  const chromium = useBrowser();
  beforeAll(async () => {
    for (const client of CLIENTS) await konvert.says(client, `Hello from ${client}`);
  });

  /** The page of Olga, who sees all chats. */
  async function openList(options: Parameters<typeof chromium.open>[1] = {}): Promise<Page> {
    const context = await chromium.newContext({ viewport: WIDE, ...options });
    await keepToasts(context);
    const page = await context.newPage();
    await page.goto(await konvert.link('olga'));
    await rows(page).first().waitFor();
    return page;
  }
  return { konvert, chromium, openList };
}
