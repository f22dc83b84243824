import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../../../words/words.ts';
import { focusTitle } from './focus.ts';

/** The title of one step of a screen. It takes the focus when it comes, and names the window. */
export function StepTitle({ children }: { children: string }): JSX.Element {
  useLayoutEffect(() => {
    document.title = `${children} · ${t('settings.title')}`;
    focusTitle();
  }, [children]);
  return (
    <h2 class="settings-step" tabIndex={-1} data-title>
      {children}
    </h2>
  );
}
