/** A history is at its end if no more than this is below. */
const AT_END_PX = 24;

/** The place of a message below the upper edge, once it was scrolled to. */
const MARGIN_PX = 56;

/** Keeps a history where its reader is: at its end, or at the message that is at the upper edge. */
export interface Scroll {
  /** Begins with these elements. Returns what ends it. */
  attach(scroller: HTMLElement, inside: HTMLElement): () => void;
  /** The reader scrolled. Returns whether the end is on the screen. `sticks`: it is the end of the whole history. */
  onScroll(sticks: boolean): boolean;
  /** Something was added, removed or resized: puts back what the reader was looking at. */
  settle(): void;
  /** Goes to the end and stays there. */
  toEnd(): void;
  /** Shows the row with that key near the upper edge. False if it is not in the document. */
  show(key: string): boolean;
}

/**
 * The browser's own scroll anchoring is off, because WebKit has none: it is done here for all alike, before the frame
 * is painted.
 */
export function createScroll(): Scroll {
  let scroller: HTMLElement | undefined;
  let inside: HTMLElement | undefined;
  /** The message at the upper edge. Undefined while the history sticks to its end. */
  let anchor: { readonly key: string; readonly top: number } | undefined;

  return { attach, onScroll, settle, toEnd, show };

  function attach(newScroller: HTMLElement, newInside: HTMLElement): () => void {
    scroller = newScroller;
    inside = newInside;
    const observer = new ResizeObserver(settle);
    observer.observe(scroller);
    observer.observe(inside);
    return () => observer.disconnect();
  }

  function onScroll(sticks: boolean): boolean {
    if (!scroller) return true;
    const isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX;
    anchor = isAtEnd && sticks ? undefined : topRow();
    return isAtEnd;
  }

  function settle(): void {
    if (!scroller) return;
    if (!anchor) {
      scroller.scrollTop = scroller.scrollHeight;
      return;
    }
    const row = rowOf(anchor.key);
    if (!row) return;
    const moved = topOf(row) - anchor.top;
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  }

  function toEnd(): void {
    anchor = undefined;
    settle();
  }

  function show(key: string): boolean {
    const row = rowOf(key);
    if (!scroller || !row) return false;
    anchor = { key, top: MARGIN_PX };
    settle();
    // Rows above may get their real height only now that they come near the screen.
    onScroll(false);
    return true;
  }

  function rowOf(key: string): HTMLElement | undefined {
    for (const row of rows()) if (row.dataset.key === key) return row;
    return undefined;
  }

  function topRow(): typeof anchor {
    // A line above messages is no anchor: the line of the day goes up to what is put before them.
    const row = rows().find((one) => one.tagName === 'ARTICLE' && topOf(one) + one.offsetHeight > 0);
    const key = row?.dataset.key;
    return row && key !== undefined ? { key, top: topOf(row) } : undefined;
  }

  function rows(): HTMLElement[] {
    return inside ? ([...inside.children] as HTMLElement[]) : [];
  }

  function topOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
  }
}
