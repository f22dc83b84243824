import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '#test/patience';

// What a person sees and does, by the names that the page promises to assistive technology and to tests.

/** The links of the list, from the top. */
export function links(page: Pick<Page, 'getByRole'>): Locator {
  return page.getByRole('navigation').getByRole('listitem').getByRole('link');
}

/** What the lines of the list say, from the top. None while the list is not there: look again until it says what it has to. */
export async function lines(page: Pick<Page, 'getByRole'>): Promise<string[]> {
  // In one look, because lines come and go.
  const seen = await page
    .getByRole('navigation')
    .ariaSnapshot({ timeout: 5_000 })
    .catch(() => '');
  // - link "Anna, …": and then what is in it.
  return [...seen.matchAll(/^\s*- '?link "(.*?)"'?(?: \[.*\])?:?$/gm)].map(([, name = '']) => name);
}

/** The line of the client with a name that begins so. */
export function lineOf(page: Pick<Page, 'getByRole'>, name: string): Locator {
  return page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });
}

/** A time zone in which it is noon. What is said of an hour from now is said with its day near midnight. */
export function zoneOfNoon(): string {
  const east = 12 - new Date().getUTCHours();
  // The names of these have the sign of the other side.
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

/** The id of a client that stands for itself: digits in a time, a key or a random id tell of nobody. */
export function idAlone(id: number | string): RegExp {
  return new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
}

/**
 * Resolves when the end of the open history counts as seen: it has been in view for more than half a second, by the clock
 * of the page. What is sent or done earlier covers nothing, because a person cannot have read it. The end has to come into
 * view by itself: a history with open messages may open above it.
 */
export async function untilSeen(page: Page): Promise<void> {
  await page.getByRole('feed').getByRole('article').last().waitFor();
  await page.evaluate(LOOKED_AT_END);
}

/**
 * In a page: a promise of the end of its history having been in view for long enough. It watches as the page does, and later
 * than that, so what it has seen the page has seen, however slow both are.
 */
export const LOOKED_AT_END = `new Promise((resolve) => {
  const end = document.querySelector('[role=feed] .history-end');
  let looked;
  new IntersectionObserver((seen, observer) => {
    clearTimeout(looked);
    if (!seen.at(-1).isIntersecting) return;
    looked = setTimeout(() => {
      observer.disconnect();
      resolve();
    }, 600);
  }, { root: end.parentElement, rootMargin: '0px 0px 4px 0px' }).observe(end);
})`;

/**
 * What `read` says as soon as it has said the same for a while: nothing comes late any more, and nothing slides. For places
 * on the screen, which have no event that tells of their last change.
 */
export async function settled<T>(read: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let [last, times] = [await read(), 0]; ; ) {
    await sleep(50);
    const now = await read();
    times = JSON.stringify(now) === JSON.stringify(last) ? times + 1 : 0;
    last = now;
    if (times === SAME_TIMES) return now;
    if (Date.now() > deadline) throw new Error(`It does not settle: ${JSON.stringify(now)}`);
  }
}

const SAME_TIMES = 6;
