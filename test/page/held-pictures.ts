import type { Page } from 'playwright-core';

/** From now on the page draws no next picture: what waits for one waits. Returns what lets all of it run at once. */
export async function holdPictures(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const waiting: FrameRequestCallback[] = [];
    const next = window.requestAnimationFrame;
    window.requestAnimationFrame = (draw) => waiting.push(draw);
    return () => {
      window.requestAnimationFrame = next;
      for (const draw of waiting) draw(performance.now());
    };
  });
  return () => held.evaluate((letGo) => letGo());
}
