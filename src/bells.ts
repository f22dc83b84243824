import type { QueueName } from '#lib/listeners';

/** Wakes what listens to a queue. The work itself is in the tables, so a lost bell costs time and nothing else. */
export interface Bells<Q extends QueueName = QueueName> {
  /**
   * Rings now, or after that time. The body says which lane, task or chat it is about. Of more than 15 minutes AWS waits
   * only the first 15; by then a sweep finds what is due.
   */
  readonly ring: (queue: Q, body: string, afterMs?: number) => Promise<void>;
}
