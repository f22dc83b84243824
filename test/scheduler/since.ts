/** A value, and since when it stood (the scheduler's time). */
export interface Since<T> {
  readonly at: number;
  readonly value: T;
}

/** The values that stood at that time or later. */
export function since<T>(all: readonly Since<T>[], from: number): T[] {
  const first = Math.max(
    0,
    all.findLastIndex(({ at }) => at <= from),
  );
  return all.slice(first).map(({ value }) => value);
}

/** Adds a value to those of that name. */
export function push<T>(all: Map<string, Since<T>[]>, name: string, one: Since<T>): void {
  all.set(name, [...(all.get(name) ?? []), one]);
}
