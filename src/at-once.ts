/**
 * Runs `work` on every item in order, at most `atOnce` at a time. Rejects with the first failure; work under way is not
 * cancelled.
 */
export async function eachAtOnce<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
