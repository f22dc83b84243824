import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** How many rows are drawn beyond each edge of the view. */
const BEYOND = 6;
/** The drawn rows move on by so many at once, so that most scrolling draws nothing. */
const STEP = 4;

/** The rows that are drawn, and the way to bring one of them into view. */
export interface RowsInView {
  readonly rows: readonly number[];
  show(index: number): void;
}

/** Which of `count` rows of `size` px are in the view of the scroller. Row `kept` is always drawn: it has the focus. */
export function useRowsInView(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  size: number,
  kept: number,
): RowsInView {
  const [first, setFirst] = useState(0);
  const [many, setMany] = useState(0);
  useLayoutEffect(() => {
    const view = scroller.current;
    if (view === null) return undefined;
    const look = () => {
      setFirst(Math.floor(view.scrollTop / size / STEP) * STEP);
      setMany(Math.ceil(view.clientHeight / size) + STEP);
    };
    look();
    view.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(view);
    return () => {
      view.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [scroller, size]);
  return {
    rows: rowsOf(first, many, count, kept),
    show(index) {
      const view = scroller.current;
      if (view === null) return;
      const top = index * size;
      if (top < view.scrollTop) view.scrollTop = top;
      else if (top + size > view.scrollTop + view.clientHeight) view.scrollTop = top + size - view.clientHeight;
    },
  };
}

/** The rows from `first` on that are drawn, in their order, and row `kept`. */
export function rowsOf(first: number, many: number, count: number, kept: number): readonly number[] {
  const from = Math.max(0, Math.min(first, count - many) - BEYOND);
  const to = Math.min(count, first + many + BEYOND);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  if (kept < count && kept < from) rows.unshift(kept);
  if (kept < count && kept >= to) rows.push(kept);
  return rows;
}
