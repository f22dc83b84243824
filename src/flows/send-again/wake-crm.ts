import type { Bells } from '#bells';
import { CRM } from '#domain/delivery-kind';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, taskName } from '#store/outbox/tasks';

/** Does what changes the connection to an account's CRM, and lets the lanes of the CRM follow. */
export type WakeCrm = <T>(account: string, change: () => Promise<T>) => Promise<T>;

/** What the CRM refused because it let nobody in. */
const CODE = 'CRM_UNAUTHORIZED';

/**
 * Makes `wakeCrm`: after the change everything that waits for the CRM is tried at once, and what failed because it let
 * nobody in is sent again. The task is there before the change, so a crash in between costs a minute.
 */
export function createWakeCrm(deps: StoreDeps & { readonly bells: Bells<'tasks'> }): WakeCrm {
  const { bells, clock } = deps;
  const tasks = createTasks(deps);

  return async function wakeCrm(account, change) {
    await tasks.begin(taskOf(account));
    const changed = await change();
    const task = taskOf(account);
    await tasks.put(task);
    await bells.ring('tasks', taskName(task));
    return changed;
  };

  function taskOf(account: string) {
    return { kind: 'retry', account, target: CRM, code: CODE, at: clock.now() } as const;
  }
}
