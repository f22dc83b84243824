import { effect } from '@preact/signals';
import type { App } from '../../models.ts';

/** Holds the number that waits in the title, in the icon of the tab and on that of the installed window. */
export function showBadge({ counter }: Pick<App, 'counter'>): () => void {
  return effect(() => {
    const count = counter.value?.counterV2 ?? 0;
    document.title = titleOf(count);
    void drawIcon(count, counter.value?.type === 'red');
    const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
    // A window that is not installed may refuse it. The title has the number all the same.
    shown?.catch(() => undefined);
  });
}

/** The title with the number that waits: "(3) Konvert". */
export function titleOf(count: number): string {
  return count > 0 ? `(${count}) Konvert` : 'Konvert';
}

/** Drawing takes a while to load, and nobody waits for it. Without it the icon stays what it was. */
async function drawIcon(count: number, isOwn: boolean): Promise<void> {
  const drawing = await import('./tab-icon.ts').catch(() => undefined);
  drawing?.showIcon(count, isOwn);
}
