import { signal } from '@preact/signals';
import type { JSX } from 'preact';

const EVERY_MS = 3000;

const said = signal('');
let next: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells a screen reader something when it has nothing else to say, at most once in three seconds: the last of all. */
export function announce(words: string): void {
  next = words;
  if (timer !== undefined) return;
  sayNext();
}

/** The one place of the page in which something is announced. Nobody sees it. */
export function LiveRegion(): JSX.Element {
  return (
    <div class="hidden-words" aria-live="polite">
      {said.value}
    </div>
  );
}

function sayNext(): void {
  timer = undefined;
  if (next === undefined) return;
  // The same words once more would be no change, and not be read.
  said.value = next === said.value ? `${next}\u00a0` : next;
  next = undefined;
  timer = setTimeout(sayNext, EVERY_MS);
}
