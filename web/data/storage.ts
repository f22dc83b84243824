// The only module that touches storage. Where the browser refuses it (third-party storage blocked: every access throws),
// memory takes its place, so that nothing else of the page has to know.

/** Texts by name. Nothing here throws. */
export interface Shelf {
  get(name: string): string | undefined;
  set(name: string, text: string): void;
  remove(name: string): void;
  /** The names that begin so. */
  names(prefix: string): string[];
}

/** Kept until the tab is closed; another tab does not see it. */
export const tabShelf: Shelf = shelfOf(() => sessionStorage);

/** Kept on the device, and seen by all its tabs. */
export const deviceShelf: Shelf = shelfOf(() => localStorage);

/** A shelf over a storage that may refuse everything, or any one thing. */
export function shelfOf(open: () => Storage): Shelf {
  const memory = new Map<string, string>();
  const storage = attempt(open);
  return {
    get: (name) => memory.get(name) ?? attempt(() => storage?.getItem(name)) ?? undefined,
    set(name, text) {
      const isStored = attempt(() => {
        storage?.setItem(name, text);
        return storage !== undefined;
      });
      // A full storage takes nothing more, and what it holds by that name is old.
      if (isStored) memory.delete(name);
      else memory.set(name, text);
    },
    remove(name) {
      memory.delete(name);
      attempt(() => storage?.removeItem(name));
    },
    names(prefix) {
      const stored = attempt(() => Object.keys(storage ?? {})) ?? [];
      return [...new Set([...stored, ...memory.keys()])].filter((name) => name.startsWith(prefix));
    },
  };
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
