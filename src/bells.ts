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

/** The sockets of pages that are open now. A message that is lost costs time and nothing else. */
export interface Doorbells {
  /** The address at which a ticket opens a socket, for a request with these headers. */
  readonly addressFor: (ticket: string, headers: Readonly<Record<string, string | undefined>>) => string;
  /** Sends a message to a socket. `gone` if there is no such socket (any more, or not yet). */
  readonly post: (socketId: string, message: string) => Promise<'sent' | 'gone'>;
}
