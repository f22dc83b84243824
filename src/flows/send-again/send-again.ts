import type { Bells } from '#bells';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createTasks, RUN_MS, type TakenTask, type TaskOf } from '#store/outbox/tasks';
import { createPutBack } from './put-back.ts';
import { createReplay } from './replay.ts';
import { createRetryFailed } from './retry-failed.ts';

/** A task that sends deliveries again. */
export type SendAgainTask = TaskOf<'retry' | 'replay'>;

/** How many deliveries a run put back into their lanes, and whether another run goes on. */
export interface SentAgain {
  readonly count: number;
  readonly more: boolean;
}

/** Does a task that sends deliveries again until that time (epoch ms). Then it is done, or rings itself. */
export type SendAgain = (taken: TakenTask<SendAgainTask>, until: number) => Promise<SentAgain>;

/** Makes `sendAgain`. A run that is cut short is done anew: what was put back before is put back once. */
export function createSendAgain(deps: StoreDeps & { readonly bells: Bells<LaneQueue | 'tasks'> }): SendAgain {
  const { bells } = deps;
  const tasks = createTasks(deps);
  const putBack = createPutBack(deps);
  const replay = createReplay(deps, putBack);
  const retryFailed = createRetryFailed(deps, putBack);

  return async function sendAgain(taken, until) {
    const { count, left } = await run(taken, until);
    if (!left) {
      await tasks.finish(taken);
      return { count, more: false };
    }
    await tasks.goOn(taken, left, RUN_MS);
    await bells.ring('tasks', taken.name);
    return { count, more: true };
  };

  function run(taken: TakenTask<SendAgainTask>, until: number): Promise<{ count: number; left?: SendAgainTask }> {
    const { task } = taken;
    if (task.kind === 'replay') return replay(task, until);
    return retryFailed(task, until, (next) => tasks.goOn(taken, next, RUN_MS));
  }
}
