/** So many entries of a history are in the document at most. */
export const MOST_SHOWN = 300;

/** How many entries the window moves at once. */
export const STEP = 100;

/** The part of a history that is in the document. `before` and `after` count what is loaded and left out. */
export interface Shown<Entry> {
  readonly entries: readonly Entry[];
  readonly before: number;
  readonly after: number;
}

interface Keyed {
  readonly key: string;
}

/** The entries up to that key, as many as are shown; up to the newest without a key, or if it is gone. */
export function shown<Entry extends Keyed>(entries: readonly Entry[], lastKey: string | undefined): Shown<Entry> {
  const last = lastKey === undefined ? -1 : entries.findIndex(({ key }) => key === lastKey);
  const end = last === -1 ? entries.length : last + 1;
  const start = Math.max(0, end - MOST_SHOWN);
  return { entries: entries.slice(start, end), before: start, after: entries.length - end };
}

/** The key of the last entry once the window has moved towards older ones; the same one if there are none. */
export function olderEnd<Entry extends Keyed>(
  { entries, before }: Shown<Entry>,
  lastKey: string | undefined,
): string | undefined {
  return before === 0 ? lastKey : entries.at(-1 - Math.min(before, STEP))?.key;
}

/** The key of the last entry once the window has moved towards newer ones; undefined if it reaches the newest. */
export function newerEnd<Entry extends Keyed>(
  entries: readonly Entry[],
  lastKey: string | undefined,
): string | undefined {
  const last = entries.findIndex(({ key }) => key === lastKey);
  return last === -1 || last + STEP >= entries.length - 1 ? undefined : entries[last + STEP]?.key;
}

/** The window that holds that entry somewhere in its middle. */
export function endAround<Entry extends Keyed>(entries: readonly Entry[], key: string): string | undefined {
  const at = entries.findIndex((entry) => entry.key === key);
  return at === -1 || at + STEP >= entries.length - 1 ? undefined : entries[at + STEP]?.key;
}

/** How many entries came after that one. */
export function countSince<Entry extends Keyed>(
  entries: readonly Entry[],
  key: string | undefined,
  counts: (entry: Entry) => boolean,
): number {
  if (key === undefined) return 0;
  const at = entries.findIndex((entry) => entry.key === key);
  return at === -1 ? 0 : entries.slice(at + 1).filter(counts).length;
}
