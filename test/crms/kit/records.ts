import type { Clock } from '#clock';

/** Records of one kind: read directly as they are, found by search as they were a while ago. */
export interface Records<T> {
  /** As it is now. */
  get(id: string): T | undefined;
  all(): readonly T[];
  /** As the search index has them. */
  indexed(): readonly T[];
  save(record: T): void;
  delete(id: string): void;
}

/** Makes records with a search index that lags behind by `lagMs`. */
export function createRecords<T extends { readonly id: string }>(clock: Pick<Clock, 'now'>, lagMs: number): Records<T> {
  const now = new Map<string, T>();
  const index = new Map<string, T>();
  /** What the index does not have yet, the oldest first. */
  let waiting: { readonly at: number; readonly id: string; readonly record: T | undefined }[] = [];

  function later(id: string, record: T | undefined) {
    waiting.push({ at: clock.now() + lagMs, id, record });
  }

  return {
    get: (id) => now.get(id),
    all: () => [...now.values()],
    indexed() {
      const due = waiting.filter(({ at }) => at <= clock.now());
      for (const { id, record } of due) record ? index.set(id, record) : index.delete(id);
      waiting = waiting.slice(due.length);
      return [...index.values()];
    },
    save(record) {
      now.set(record.id, record);
      later(record.id, record);
    },
    delete(id) {
      now.delete(id);
      later(id, undefined);
    },
  };
}
