import type { QueueName } from '#lib/environment';

/** How a queue gives out what is put into it. */
export interface QueueDefinition {
  /** For how long what was put there waits before it is given out. */
  readonly delaySeconds: number;
  /** After how long what was given out comes back, unless its function ended well. No function of a queue may run longer. */
  readonly comesBackAfterSeconds: number;
}

/**
 * Every queue. A chat that could not be folded and a task that failed come back within the minute in which a new client
 * has to be given out or in a pool, whatever broke them off (ADR 17).
 */
export const queues = {
  lanes: { delaySeconds: 0, comesBackAfterSeconds: 360 },
  tasks: { delaySeconds: 0, comesBackAfterSeconds: 40 },
  failedChats: { delaySeconds: 15, comesBackAfterSeconds: 40 },
} as const satisfies Record<QueueName, QueueDefinition>;
