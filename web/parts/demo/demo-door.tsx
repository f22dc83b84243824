import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../../kit/icon.tsx';
import { later } from '../../kit/later.tsx';
import { t } from '../../words/words.ts';

const Demo = later(async () => (await import('./demo.tsx')).Demo);

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

/** What is behind it. */
export function DemoPanel({ isOpen }: { isOpen: Signal<boolean> }): JSX.Element | null {
  return isOpen.value ? (
    <Demo
      onClose={() => {
        isOpen.value = false;
      }}
    />
  ) : null;
}
