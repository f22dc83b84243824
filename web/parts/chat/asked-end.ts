import { signal } from '@preact/signals';

/** How often a part outside of the open history has asked for its end. */
export const askedForEnd = signal(0);

/** Leads the reader of the open history to its end. */
export function askForEnd(): void {
  askedForEnd.value += 1;
}
