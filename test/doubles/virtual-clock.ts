import type { Clock } from '#clock';

/** A clock that stands still until it is told how much time passes. */
export interface VirtualClock extends Clock {
  pass(ms: number): void;
}

export function createVirtualClock(start = Date.UTC(2026, 10, 29)): VirtualClock {
  let now = start;
  return {
    now: () => now,
    deadline: (ms) => AbortSignal.timeout(ms),
    pass(ms) {
      now += ms;
    },
  };
}
