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
    const moved = (event: HashChangeEvent) => {
      const { hash } = new URL(event.newURL);
      // Another link that signs somebody in is the page's own matter.
      if (!isChanged.peek() || !hash.startsWith('#/')) return;
      // Nobody has seen the new address yet: this listener comes before the one of the screens.
      event.stopImmediatePropagation();
      history.pushState(null, '', event.oldURL);
      wanted.value = hash;
    };
    const closed = (event: BeforeUnloadEvent) => {
      if (isChanged.peek()) event.preventDefault();
    };
    addEventListener('hashchange', moved, { capture: true });
    addEventListener('beforeunload', closed);
    return () => {
      removeEventListener('hashchange', moved, { capture: true });
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
    <Dialog title={t('roles.leave')} onClose={stay}>
      <p>{t('roles.leave-means')}</p>
      <div class="settings-buttons">
        <Button look="main" onClick={stay}>
          {t('roles.stay')}
        </Button>
        <Button onClick={leave}>{t('roles.leave-anyway')}</Button>
      </div>
    </Dialog>
  );
}
