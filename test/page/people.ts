import type { Locator, Page } from 'playwright-core';

// What a person sees and does, by the names that the page promises to assistive technology and to tests.

/** The links of the list, from the top. */
export function links(page: Pick<Page, 'getByRole'>): Locator {
  return page.getByRole('navigation').getByRole('listitem').getByRole('link');
}

/** What the lines of the list say, from the top. */
export async function lines(page: Pick<Page, 'getByRole'>): Promise<string[]> {
  // In one look, because lines come and go.
  const seen = await page
    .getByRole('navigation')
    .ariaSnapshot({ timeout: 1_000 })
    .catch(() => '');
  // - link "Anna, …": and then what is in it.
  return [...seen.matchAll(/^\s*- '?link "(.*?)"'?(?: \[.*\])?:?$/gm)].map(([, name = '']) => name);
}

/** The line of the client with a name that begins so. */
export function lineOf(page: Pick<Page, 'getByRole'>, name: string): Locator {
  return page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });
}

/**
 * Resolves when the end of the open history counts as seen: it has been in view for half a second. What is sent or done
 * earlier covers nothing, because a person cannot have read it.
 */
export async function untilSeen(page: Page): Promise<void> {
  await page.getByRole('feed').getByRole('article').last().waitFor();
  await page.waitForTimeout(SEEN_AFTER_MS);
}

const SEEN_AFTER_MS = 700;
