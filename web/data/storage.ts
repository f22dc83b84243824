// The only module that touches storage. Where the browser refuses it (third-party storage blocked: every access throws),
// memory takes its place, so that nothing else of the page has to know.

import { attempt } from '../core/attempt.ts';

/** Texts by name. Nothing here throws. */
export interface Shelf {
  get(name: string): string | undefined;
  set(name: string, text: string): void;
  remove(name: string): void;
  /** The names that begin so. */
  names(prefix: string): string[];
  /** Whether all of it outlives a reload. */
  isKept(): boolean;
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
    isKept: () => memory.size === 0,
  };
}

/** Files by name. Nothing here throws; where the browser keeps no files, they live as long as the page. */
export interface FileShelf {
  get(name: string): Promise<readonly File[]>;
  set(name: string, files: readonly File[]): Promise<void>;
}

const STORE = 'files';

/** Files that are kept on the device. */
export function createFileShelf(open: () => IDBFactory = () => indexedDB): FileShelf {
  const memory = new Map<string, readonly File[]>();
  let database: Promise<IDBDatabase | undefined> | undefined;
  const run = async <Result>(act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result | undefined> => {
    database ??= openDatabase(open);
    const store = attempt(async () => (await database)?.transaction(STORE, 'readwrite').objectStore(STORE));
    const there = await store?.catch(() => undefined);
    const request = there && attempt(() => act(there));
    return request && settled(request);
  };
  return {
    get: async (name) => memory.get(name) ?? (await run<readonly File[]>((store) => store.get(name))) ?? [],
    async set(name, files) {
      if (files.length === 0) {
        memory.delete(name);
        await run((store) => store.delete(name));
      } else {
        memory.set(name, files);
        if ((await run((store) => store.put([...files], name))) !== undefined) memory.delete(name);
      }
    },
  };
}

async function openDatabase(open: () => IDBFactory): Promise<IDBDatabase | undefined> {
  const request = attempt(() => open().open('konvert', 1));
  if (!request) return undefined;
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result | undefined> {
  return new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}
