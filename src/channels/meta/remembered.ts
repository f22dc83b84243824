import { hash } from 'node:crypto';
import type { Credentials } from '#channels/terms';

/** Values that are known for a while, in this process only. The oldest one goes when there are too many. */
export interface Remembered<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  forget(key: string): void;
}

/** Remembers at most `most` values, each for `ms` milliseconds by the clock that is passed in. */
export function createRemembered<V>(most: number, ms: number, now: () => number): Remembered<V> {
  const values = new Map<string, { readonly value: V; readonly until: number }>();
  return {
    get(key) {
      const known = values.get(key);
      return known && now() < known.until ? known.value : undefined;
    },
    set(key, value) {
      values.delete(key);
      values.set(key, { value, until: now() + ms });
      if (values.size > most) values.delete(values.keys().next().value as string);
    },
    forget: (key) => void values.delete(key),
  };
}

/**
 * Who told what is remembered. An account has it as its own only from the same address and with the same token: anybody may
 * connect a channel that names the account of somebody else, at a server of their own.
 */
export function tellerOf(credentials: Credentials): string {
  return hash('sha256', JSON.stringify(Object.entries(credentials).sort()), 'base64url');
}
