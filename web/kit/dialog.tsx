import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../words/words.ts';
import { IconButton } from './button.tsx';

/**
 * A window over the page. Its field with `data-first` has the focus as soon as it is there. Esc, its cross and a press
 * beside it close it; focus goes back to where it was.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = dialog.current!;
    element.showModal();
    const first = element.querySelector<HTMLInputElement>('[data-first]');
    first?.focus();
    first?.select();
    return () => {
      const { activeElement } = document;
      // Esc closes the dialog at once, and this comes with the next picture. Who is quick has gone on by then.
      const isElsewhere = activeElement !== document.body && !element.contains(activeElement);
      if (!isElsewhere && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same, by the browser itself
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
