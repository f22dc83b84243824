import type { BrowserContext, Page } from 'playwright-core';
import { TOAST_MS } from '../../web/data/toasts.ts';

/**
 * In pages that are opened from now on toasts stay until somebody takes them away, or `endToasts` does. A test on a loaded
 * machine may come to press what stands in one after it would be gone.
 */
export async function keepToasts(context: BrowserContext): Promise<void> {
  await context.addInitScript((toastMs) => {
    const later = window.setTimeout;
    const ends: (() => void)[] = [];
    window.setTimeout = ((run: () => void, ms?: number, ...given: unknown[]) =>
      ms === toastMs ? ends.push(run) : later(run, ms, ...given)) as typeof later;
    Object.assign(window, {
      endToasts() {
        for (const end of ends.splice(0)) end();
      },
    });
  }, TOAST_MS);
}

/** The time of all toasts is over. */
export async function endToasts(page: Page): Promise<void> {
  await page.evaluate('endToasts()');
}
