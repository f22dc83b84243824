import { type Signal, useSignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../kit/icon.tsx';
import { t } from '../../words/words.ts';

/** Below the list of a demo account: the way to be the client oneself. */
export function DemoDoor({ isOpen }: { isOpen: Signal<boolean> }): JSX.Element {
  return (
    <button
      type="button"
      class="demo-door"
      aria-expanded={isOpen.value}
      onClick={() => {
        isOpen.value = !isOpen.value;
      }}
    >
      <Icon name="phone" />
      {t('demo.open')}
    </button>
  );
}

/** The panel behind it, which is loaded only when it is asked for. */
export function DemoPanel({ isOpen }: { isOpen: Signal<boolean> }): JSX.Element | null {
  const panel = useSignal<ComponentType<{ onClose: () => void }> | undefined>(undefined);
  useEffect(() => {
    if (isOpen.value) {
      void import('./demo.tsx').then(({ Demo }) => {
        panel.value = Demo;
      });
    }
  }, [isOpen.value]);
  const Panel = panel.value;
  if (!isOpen.value || Panel === undefined) return null;
  return (
    <Panel
      onClose={() => {
        isOpen.value = false;
      }}
    />
  );
}
