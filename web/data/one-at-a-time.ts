/**
 * Runs one request at a time. What is asked for meanwhile is asked once more after it, for all who wait: the one under
 * way may have come too early for them.
 */
export function oneAtATime<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let current: Promise<Result> | undefined;
  let next: Promise<Result> | undefined;
  return function ask(): Promise<Result> {
    if (current) {
      next ??= current.then(() => {
        next = undefined;
        return ask();
      });
      return next;
    }
    current = run().finally(() => {
      current = undefined;
    });
    return current;
  };
}
