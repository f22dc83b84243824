import type { Bells } from '#bells';
import type { Clock } from '#clock';
import type { GiveBack } from '#flows/due/give-back';
import type { MindWait } from '#flows/due/mind-wait';
import { describeError, type Log, type NameInLog } from '#log';
import type { TakenTask, Tasks } from '#store/outbox/tasks';

export interface MindWaitsDeps {
  readonly tasks: Pick<Tasks, 'look' | 'finish' | 'goOn'>;
  readonly mindWait: MindWait;
  readonly giveBack: GiveBack;
  readonly bells: Bells<'waits'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** A sweep rings what is due later. Until then it may have passed by already. */
const RUNG_WITHIN_MS = 90_000;
/** A queue counts in seconds, so a bell may come a little early. */
const EARLY_MS = 1_000;

/**
 * Does what is due for clients who are late: their responsible user is warned, they are returned, or somebody is told. Each
 * message of the queue names the task of one chat. Doing it again does no harm, because each act is one write on condition
 * of the chat as it was read; so nobody takes the task.
 */
export function createHandler(deps: MindWaitsDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await run(deps, body);
  };
}

/** Throws if it fails, so that the queue rings it again. If the bell is lost, the sweep finds the task. */
async function run(deps: MindWaitsDeps, name: string): Promise<void> {
  const { tasks, mindWait, giveBack, bells, clock } = deps;
  const found = await tasks.look(name);
  if (found?.task.kind === 'give-back') {
    const { account, userId } = found.task;
    await minded(deps, found, () => giveBack(account, userId));
    return tasks.finish(found);
  }
  // Somebody else's bell has been here: the task is over, or due at another time.
  if (found?.task.kind !== 'wait' || found.dueAt > clock.now() + EARLY_MS) return;
  const { chatKey } = found.task;
  const { at, unchanged } = await minded(deps, found, () => mindWait(chatKey));
  // Refused by a change: then the task is still due, and the next sweep rings it.
  if (at === undefined) return tasks.finish(found, unchanged);
  const afterMs = Math.max(0, at - clock.now());
  await tasks.goOn(found, found.task, afterMs);
  if (afterMs <= RUNG_WITHIN_MS) await bells.ring('waits', name, afterMs);
}

async function minded<T>(
  { log, nameInLog }: MindWaitsDeps,
  { name, task }: TakenTask,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log({ task: task.kind, name: await nameInLog(name), outcome: 'failed', ...describeError(error) });
    throw error;
  }
}
