import type { QueueName } from '#lib/listeners';

/**
 * Wakes the function that listens to a queue. The work itself is in the tables, so a lost bell costs time and nothing
 * else.
 */
export interface Bells<Q extends QueueName = QueueName> {
  /**
   * Rings now, or after `afterMs`. The body says which lane, task or chat has news. AWS waits at most 15 minutes; a
   * sweep finds what is due later.
   */
  readonly ring: (queue: Q, body: string, afterMs?: number) => Promise<void>;
}
