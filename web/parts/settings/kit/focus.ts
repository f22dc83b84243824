import { watchFocus } from '../../../kit/focus.ts';

/** The title of the screen, or of its step. */
const TITLE = '[data-title]';

/** Moves the focus to the title of what is shown. A screen reader reads it, and the next Tab goes on from there. */
export function focusTitle(): void {
  [...document.querySelectorAll<HTMLElement>(TITLE)].at(-1)?.focus({ preventScroll: true });
}

/** If what had the focus is gone, the title has it from the next picture on. */
export function keepFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) focusTitle();
  });
}

/** Moves the focus to the first field that has a problem, once that is shown, unless somebody has moved it by then. */
export function focusProblem(): void {
  const isLeft = watchFocus();
  requestAnimationFrame(() => {
    if (!isLeft()) document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus();
  });
}
