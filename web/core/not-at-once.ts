/** Does something, unless it was done less than so long ago. */
export function notAtOnce(act: () => void, ms: number, now: () => number): () => void {
  let doneAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - doneAt < ms) return;
    doneAt = now();
    act();
  };
}
