import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { shortHash } from '#domain/hash';
import type { Assign } from '#flows/assign';
import { describeError, type Log } from '#log';
import { newsOfAddresses, type StreamEvent } from '#store/dynamo/stream';
import { type Task, type Tasks, taskName } from '#store/outbox/tasks';

export interface AssignContactDeps {
  readonly assign: Assign;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly bells: Bells<'tasks'>;
  readonly log: Log;
}

/** A turn has to be drawn within three seconds: on a slow machine not all of a batch can be at once. */
const AT_ONCE = 8;
/** Mostly the client's chat is not there yet: then it is by then. */
const SOON_MS = 1_000;

/**
 * Addresses have news: each is followed up. One bad address never holds up the others: it becomes a task that is tried
 * again soon, and what cannot even become one has the stream repeat all of them.
 */
export function createHandler({ assign, tasks, bells, log }: AssignContactDeps) {
  async function follow(address: string): Promise<void> {
    try {
      await assign(address);
    } catch (error) {
      log({ assign: shortHash(address), outcome: 'failed', ...describeError(error) });
      const task: Task = { kind: 'assign', address };
      await tasks.put(task);
      await bells.ring('tasks', taskName(task), SOON_MS);
    }
  }

  return async (event: StreamEvent): Promise<void> => {
    await eachAtOnce(newsOfAddresses(event), AT_ONCE, follow);
  };
}
