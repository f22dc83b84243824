/** The clock that code is given, so that a test can stop it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** A signal that aborts after that many milliseconds. */
  deadline(ms: number): AbortSignal;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  deadline: (ms) => AbortSignal.timeout(ms),
};
