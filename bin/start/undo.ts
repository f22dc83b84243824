/** Registers what has to be undone at the end. The last is undone first, and a failure does not stop the others. */
export type OnEnd = (undo: () => unknown) => void;

/** What was opened and has to be undone at the end. */
export interface Opened {
  readonly onEnd: OnEnd;
  /** Undoes everything and prints what fails. */
  undoAll(): Promise<void>;
}

/** Makes an empty list of what was opened. */
export function createOpened(): Opened {
  const opened: (() => unknown)[] = [];
  return {
    onEnd: (undo) => void opened.push(undo),
    async undoAll() {
      for (const undo of opened.reverse()) await Promise.resolve().then(undo).catch(console.error);
    },
  };
}
