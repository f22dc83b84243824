import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { Assign } from '#flows/assign';
import { describeError, type Log, type NameInLog } from '#log';
import { newsOfAddresses, type StreamEvent } from '#store/dynamo/stream';
import { type Task, type Tasks, taskName } from '#store/outbox/tasks';

export interface AssignContactDeps {
  readonly assign: Assign;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly bells: Bells<'tasks'>;
  readonly nameInLog: NameInLog;
  readonly log: Log;
}

/** A turn has to be drawn within three seconds, and a slow machine cannot do that for a whole batch at once. */
const AT_ONCE = 8;
/** The usual reason for a failure is that the client's chat is not stored yet. By then it is. */
const SOON_MS = 1_000;

/**
 * Follows up every address that has news. An address that fails becomes a task that is tried again soon, so it never
 * holds up the others. If the task cannot be stored either, the stream repeats the whole batch.
 */
export function createHandler({ assign, tasks, bells, nameInLog, log }: AssignContactDeps) {
  async function follow(address: string): Promise<void> {
    try {
      await assign(address);
    } catch (error) {
      log({ assign: await nameInLog(address), outcome: 'failed', ...describeError(error) });
      const task: Task = { kind: 'assign', address };
      await tasks.put(task);
      await bells.ring('tasks', taskName(task), SOON_MS);
    }
  }

  return async (event: StreamEvent): Promise<void> => {
    await eachAtOnce(newsOfAddresses(event), AT_ONCE, follow);
  };
}
