/**
 * Runs `work` on every item in order, at most `atOnce` at a time. After a failure it begins with no further item, and
 * rejects with the first failure once nothing is under way any more.
 */
export async function eachAtOnce<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = all.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const one of left) {
      if (failures.length > 0) return;
      try {
        await work(one);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
