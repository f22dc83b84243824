import type { Clock } from '#clock';

/** A limit that bites: so many calls in any window of that length, by the double's clock. */
export interface Limit {
  /** Counts a call, and says whether it was within the limit. */
  take(): boolean;
  /** The most calls that ever came within one window, refused ones too. */
  readonly peak: number;
  readonly refused: number;
}

/** Makes a limit of `most` calls within `windowMs`. */
export function createLimit(clock: Pick<Clock, 'now'>, most: number, windowMs: number): Limit {
  let recent: number[] = [];
  let peak = 0;
  let refused = 0;
  return {
    take() {
      const now = clock.now();
      recent = [...recent.filter((at) => at > now - windowMs), now];
      peak = Math.max(peak, recent.length);
      if (recent.length <= most) return true;
      refused += 1;
      return false;
    },
    get peak() {
      return peak;
    },
    get refused() {
      return refused;
    },
  };
}
