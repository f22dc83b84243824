import { isErasure } from './erase-task.ts';
import { isGiveBackTask } from './give-back-task.ts';
import { isWaitTask } from './wait-task.ts';

/** The queues in which tasks ring. */
export type TaskQueue = 'tasks' | 'erasures' | 'waits';

/**
 * The queue in which a task rings. Erasures have one of their own, because nothing else may take so much away. So have late
 * clients, because what is due for them is done on time.
 */
export function queueOfTask(name: string): TaskQueue {
  if (isErasure(name)) return 'erasures';
  return isWaitTask(name) || isGiveBackTask(name) ? 'waits' : 'tasks';
}
