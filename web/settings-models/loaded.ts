import type { ReadonlySignal } from '@preact/signals';

/**
 * Something that was asked for. `words` of `failed` are what to tell the user. While it is asked for again the old value
 * stays; `stale` is why it is old.
 */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T; readonly stale?: string }
  | { readonly kind: 'failed'; readonly words: string };

/** Something that is asked for when it is first looked at, and can be asked for again. */
export interface Loading<T> {
  readonly state: ReadonlySignal<Loaded<T>>;
  reload(): Promise<void>;
}
