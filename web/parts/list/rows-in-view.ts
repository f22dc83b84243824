import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

const OVERSCAN = 6;

/** The rows that are drawn, and the way to bring one of them into view. */
export interface RowsInView {
  readonly rows: readonly VirtualItem[];
  readonly height: number;
  show(index: number): void;
}

/** Which of `count` rows of `size` px are in the view of the scroller. Row `kept` is always drawn: it has the focus. */
export function useRowsInView(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  size: number,
  kept: number | undefined,
): RowsInView {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count,
    estimateSize: () => size,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: OVERSCAN,
    onChange: () => redraw(undefined as never),
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return kept === undefined || kept >= count || drawn.includes(kept) ? drawn : [...drawn, kept];
    },
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);
  return {
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    show: (index) => virtualizer.scrollToIndex(index),
  };
}
