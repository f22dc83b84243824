import { isErasure } from './erase-task.ts';
import { isGiveBackTask } from './give-back-task.ts';
import { isWaitTask } from './wait-task.ts';

/** The queues in which tasks ring. */
export type TaskQueue = 'tasks' | 'erasures' | 'waits';

/**
 * The queue in which a task rings. What is erased has one of its own, because nothing else may take so much away; so has
 * who is late, because it is done on time.
 */
export function queueOfTask(name: string): TaskQueue {
  if (isErasure(name)) return 'erasures';
  return isWaitTask(name) || isGiveBackTask(name) ? 'waits' : 'tasks';
}
