/** Remembers what has to be undone at the end: the last opened first, whatever each undoing comes to. */
export type OnEnd = (undo: () => unknown) => void;

/** What is undone at the end. */
export interface Opened {
  readonly onEnd: OnEnd;
  /** Undoes everything; what fails is printed. */
  undoAll(): Promise<void>;
}

/** Nothing opened yet. */
export function createOpened(): Opened {
  const opened: (() => unknown)[] = [];
  return {
    onEnd: (undo) => void opened.push(undo),
    async undoAll() {
      for (const undo of opened.reverse()) await Promise.resolve().then(undo).catch(console.error);
    },
  };
}
