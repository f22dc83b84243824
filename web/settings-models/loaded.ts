import type { ReadonlySignal } from '@preact/signals';

/** Something that was asked for. `failed` has what to tell the user. While it is asked for again, the old value stays. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly words: string };

/** Something that can be asked for again. */
export interface Loading<T> {
  readonly state: ReadonlySignal<Loaded<T>>;
  reload(): Promise<void>;
}
