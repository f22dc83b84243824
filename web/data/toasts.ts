import { type ReadonlySignal, signal } from '@preact/signals';
import type { Toast } from '../models.ts';

/** How long something is told (ms). */
export const TOAST_MS = 8_000;

/** What is told for a while, or until somebody takes it away. */
export interface Toasts {
  readonly toasts: ReadonlySignal<readonly Toast[]>;
  toast(text: string, undo?: () => void, isKept?: boolean): void;
  dismiss(id: number): void;
}

/** The place of what is told. */
export function createToasts(): Toasts {
  const toasts = signal<readonly Toast[]>([]);
  let lastId = 0;
  const dismiss = (id: number) => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  };
  return {
    toasts,
    dismiss,
    toast(text, undo, isKept) {
      const id = ++lastId;
      toasts.value = [...toasts.value, { id, text, ...(undo && { undo }) }];
      if (!isKept) setTimeout(() => dismiss(id), TOAST_MS);
    },
  };
}
