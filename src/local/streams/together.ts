interface Asked<T, R> {
  readonly one: T;
  readonly resolve: (answer: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a function that acts on many at once: while `act` is busy, what is asked for waits, and then goes together, at
 * most `most` at a time. All that went together get the same answer, or the same error.
 */
export function createTogether<T, R>(most: number, act: (all: readonly T[]) => Promise<R>): (one: T) => Promise<R> {
  let waiting: Asked<T, R>[] = [];
  let busy = false;

  async function actOnAll(): Promise<void> {
    // Waits one turn of the event loop, so that what comes together goes together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answer = await act(batch.map(({ one }) => one));
        for (const { resolve } of batch) resolve(answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (busy) return;
      busy = true;
      void actOnAll();
    });
}
