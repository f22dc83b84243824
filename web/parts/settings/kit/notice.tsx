import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Toasts } from '../../../kit/toasts.tsx';
import type { Toast } from '../../../models.ts';

const SHOWN_MS = 5000;

const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Tells what was done, such as "Saved": shown for a while, and read by a screen reader. */
export function tell(text: string): void {
  const id = ++last;
  // The same words once more take the place of the former ones.
  toasts.value = [...toasts.value.filter((toast) => toast.text !== text), { id, text }];
  setTimeout(dismiss, SHOWN_MS, id);
}

/** The place in which it is told. */
export function Notices(): JSX.Element {
  return <Toasts app={{ toasts, dismiss }} />;
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
