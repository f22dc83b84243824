import { hash } from 'node:crypto';
import type { Clock } from '#clock';

/**
 * A process remembers no more values than this. A webhook names accounts of its messenger as its sender likes, and a
 * process may run for months.
 */
const MOST_VALUES = 20_000;

/** How long a process may use what it has read. */
const CACHED_MS = 10_000;

/**
 * The values that one process remembers for 10 s: keys, channels and the like. Everything that runs in the process
 * shares it.
 */
export interface Cache {
  /**
   * A loader by id that remembers the values that it found, for 10 s or for that long. A missing value is asked for
   * again. Each name is for one kind of value.
   */
  loader<T>(name: string, load: (id: string) => Promise<T | undefined>, keptMs?: number): Loader<T>;
  /**
   * A loader for what strangers may ask for, such as keys and channels: for 10 s it remembers too that there is nothing.
   * What is made meanwhile is found by then.
   */
  lookup<T>(name: string, load: (id: string) => Promise<T | undefined>): Loader<T>;
  /** Whether there was nothing by that id when somebody said so last. */
  isMissing(name: string, id: string): boolean;
  /** Remembers for 10 s, or for that long, that there is nothing by that id. */
  miss(name: string, id: string, keptMs?: number): void;
  /** The value that was put, if it is remembered. */
  get<T>(name: string, id: string): T | undefined;
  put(name: string, id: string, value: unknown): void;
  /** A loader that remembers for ever the value that it found, for what never changes. */
  keep<T>(name: string, load: () => Promise<T | undefined>): () => Promise<T | undefined>;
  /** Makes every loader of that name read the id anew, also if there was nothing. */
  forget(name: string, id: string): void;
}

/** Loads a value by its id, or answers with the one it remembers. */
export type Loader<T> = (id: string) => Promise<T | undefined>;

/** An empty cache. */
export function createCache(clock: Clock): Cache {
  const known = new Map<string, { readonly value: unknown; readonly until: number }>();
  /** Until when nothing is asked for. They are apart, so that strangers cannot make a process forget what it needs. */
  const missing = new Map<string, number>();
  const kept = new Map<string, unknown>();
  const keyOf = (name: string, id: string) => `${name}\n${id}`;
  /** A stranger's id may be as long as an address. */
  const missingKeyOf = (name: string, id: string) => keyOf(name, id.length > 100 ? hash('sha256', id) : id);

  /** Remembers the value as the newest, and forgets the oldest if there are too many. */
  function remember(key: string, value: unknown, until: number): void {
    known.delete(key);
    known.set(key, { value, until });
    const [oldest] = known.keys();
    if (known.size > MOST_VALUES && oldest !== undefined) known.delete(oldest);
  }

  function isMissing(name: string, id: string): boolean {
    const until = missing.get(missingKeyOf(name, id));
    return until !== undefined && until > clock.now();
  }

  function missUntil(name: string, id: string, until: number): void {
    const key = missingKeyOf(name, id);
    missing.delete(key);
    missing.set(key, until);
    const [oldest] = missing.keys();
    if (missing.size > MOST_VALUES && oldest !== undefined) missing.delete(oldest);
  }

  const cache: Cache = {
    loader<T>(name: string, load: (id: string) => Promise<T | undefined>, keptMs = CACHED_MS): Loader<T> {
      return async (id) => {
        const key = keyOf(name, id);
        const hit = known.get(key);
        if (hit && hit.until > clock.now()) return hit.value as T;
        // Counted from the request: the answer may be that old when it comes.
        const until = clock.now() + keptMs;
        const value = await load(id);
        if (value === undefined) known.delete(key);
        else remember(key, value, until);
        return value;
      };
    },
    lookup<T>(name: string, load: (id: string) => Promise<T | undefined>): Loader<T> {
      const known = cache.loader(name, load);
      return async (id) => {
        if (isMissing(name, id)) return undefined;
        const until = clock.now() + CACHED_MS;
        const value = await known(id);
        if (value === undefined) missUntil(name, id, until);
        return value;
      };
    },
    isMissing,
    miss: (name, id, keptMs = CACHED_MS) => missUntil(name, id, clock.now() + keptMs),
    get<T>(name: string, id: string): T | undefined {
      const hit = known.get(keyOf(name, id));
      return hit && hit.until > clock.now() ? (hit.value as T) : undefined;
    },
    put: (name, id, value) => remember(keyOf(name, id), value, clock.now() + CACHED_MS),
    keep<T>(name: string, load: () => Promise<T | undefined>) {
      return async () => {
        if (kept.has(name)) return kept.get(name) as T;
        const value = await load();
        if (value !== undefined) kept.set(name, value);
        return value;
      };
    },
    forget(name, id) {
      known.delete(keyOf(name, id));
      missing.delete(missingKeyOf(name, id));
    },
  };
  return cache;
}
