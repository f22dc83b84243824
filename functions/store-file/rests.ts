import type { Clock } from '#clock';

/**
 * The accounts with files that wait for a while. The messenger of a company may be a server of its own, and one that lets every file take
 * its time must not keep the files of all others waiting.
 */
export interface Rests {
  /** How many milliseconds the files of the account have to wait here; 0 if none. */
  leftOf(account: string): number;
  /** Runs the fetch of a file. If it takes long, the next ones of the account wait three times as long. */
  after<R>(account: string, fetch: () => Promise<R>): Promise<R>;
}

/** What takes longer is long. */
const LONG_MS = 5_000;
const TIMES = 3;

/** Keeps them in this process. */
export function createRests({ now }: Pick<Clock, 'now'>): Rests {
  const ends = new Map<string, number>();
  return {
    leftOf: (account) => Math.max((ends.get(account) ?? 0) - now(), 0),

    async after(account, fetch) {
      const startedAt = now();
      try {
        return await fetch();
      } finally {
        const tookMs = now() - startedAt;
        if (tookMs > LONG_MS) ends.set(account, now() + TIMES * tookMs);
        else ends.delete(account);
      }
    },
  };
}
