import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { t } from '../../../words/words.ts';

/**
 * Asks before a screen with unsaved changes is left: by a link, the way back, a reload or a closed window. `onLeave`
 * forgets the changes. What it gives has to be shown.
 */
export function useLeaving(isChanged: ReadonlySignal<boolean>, onLeave: () => void): JSX.Element | undefined {
  const wanted = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const here = location.href;
    const moved = (event: Event) => {
      const { hash, href } = location;
      // Another link that signs somebody in is the page's own matter.
      if (!isChanged.peek() || href === here || !hash.startsWith('#/')) return;
      // Nobody has seen the new address yet: this listener comes before the one of the screens.
      event.stopImmediatePropagation();
      history.pushState(null, '', here);
      wanted.value = hash;
    };
    // A link that is stopped before it leads anywhere leaves no step behind that Back would find.
    const pressed = (event: MouseEvent) => {
      const href = (event.target as Element).closest('a[href^="#/"]')?.getAttribute('href');
      if (!isChanged.peek() || !href || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      wanted.value = href;
    };
    const closed = (event: BeforeUnloadEvent) => {
      if (isChanged.peek()) event.preventDefault();
    };
    // The first comes with the new address, before anything can be drawn by it; steps of the page itself have the second.
    addEventListener('popstate', moved, { capture: true });
    addEventListener('hashchange', moved, { capture: true });
    addEventListener('click', pressed, { capture: true });
    addEventListener('beforeunload', closed);
    return () => {
      removeEventListener('popstate', moved, { capture: true });
      removeEventListener('hashchange', moved, { capture: true });
      removeEventListener('click', pressed, { capture: true });
      removeEventListener('beforeunload', closed);
    };
  }, [isChanged]);
  if (wanted.value === undefined) return undefined;
  const stay = () => {
    wanted.value = undefined;
  };
  const leave = () => {
    const hash = wanted.value!;
    wanted.value = undefined;
    onLeave();
    location.hash = hash;
  };
  return (
    <Dialog title={t('settings.leave')} onClose={stay}>
      <p>{t('settings.leave-means')}</p>
      <div class="settings-buttons">
        <Button look="main" onClick={stay}>
          {t('settings.stay')}
        </Button>
        <Button onClick={leave}>{t('settings.leave-anyway')}</Button>
      </div>
    </Dialog>
  );
}
