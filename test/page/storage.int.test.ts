import { describe, expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { openHostPage } from './frames.ts';
import { useKonvert } from './konvert.ts';

const konvert = useKonvert();

describe.each([
  ['own', 'kept'],
  ['refused', 'SecurityError'],
] as const)('storage in frames of another site: %s', (storageInFrames, expected) => {
  const chromium = useBrowser({ storageInFrames });

  test(`a frame that keeps something is told: ${expected}`, async () => {
    const host = await openHostPage();
    host.frames = [`http://localhost:${new URL(konvert.url).port}/healthz`];
    const page = await chromium.open(host.url);

    const frame = page.frame('frame-0')!;
    const kept = frame.evaluate(
      `(() => { try { sessionStorage.setItem('a', '1'); return 'kept' } catch ({ name }) { return name } })()`,
    );

    expect(await kept).toBe(expected);
  });
});
