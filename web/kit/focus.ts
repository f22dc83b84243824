/** Moves the focus among the elements that `selector` finds, by an arrow key, Home or End. True if it did. */
export function moveFocus(event: KeyboardEvent, within: Element, selector: string): boolean {
  const all = [...within.querySelectorAll<HTMLElement>(selector)];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = stepOf(event.key, at, all.length);
  if (to === undefined) return false;
  event.preventDefault();
  all[to]?.focus();
  return true;
}

function stepOf(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown' || key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

/** From now on: whether somebody has given the focus to something else. That what had it is gone does not count. */
export function watchFocus(): () => boolean {
  const before = document.activeElement;
  return () => document.activeElement !== before && document.activeElement !== document.body;
}
