import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { LATE_MS } from '#domain/erasure';
import type { CloseAccount } from '#flows/close/close-account';
import type { ErasePerson } from '#flows/erase/erase-person';
import type { EraseStray } from '#flows/erase/erase-stray';
import { readStray } from '#flows/erased/stray';
import type { ForgetAccount } from '#flows/retain/forget-account';
import { describeError, type Log, type NameInLog } from '#log';
import { createMetrics } from '#metrics';
import { RUN_MS, type TakenTask, type TaskOf, type Tasks } from '#store/outbox/tasks';

export interface EraseDataDeps {
  readonly tasks: Pick<Tasks, 'take' | 'goOn' | 'finish'>;
  readonly erasePerson: ErasePerson;
  readonly eraseStray: EraseStray;
  readonly forgetAccount: ForgetAccount;
  readonly closeAccount: CloseAccount;
  readonly bells: Bells<'erasures'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** After this time a run begins nothing more, notes how far it got and rings itself. */
const AT_MOST_MS = 15_000;
const DAY_MS = 86_400_000;

/**
 * Erases what has to go. Each message of the queue names a task, or a chat of an erased person into which something came
 * again.
 */
export function createHandler(deps: EraseDataDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await run(deps, body);
  };
}

/** Throws if it fails, so that the queue rings it again. A task that stays due is found by the sweep. */
async function run(deps: EraseDataDeps, body: string): Promise<void> {
  const { bells, clock, nameInLog, log } = deps;
  const until = clock.now() + AT_MOST_MS;
  const stray = readStray(body);
  try {
    const afterMs = stray === undefined ? await perform(deps, body, until) : await deps.eraseStray(stray, until);
    if (afterMs !== undefined) await bells.ring('erasures', body, afterMs);
  } catch (error) {
    log({ erasure: await nameInLog(body), outcome: 'failed', ...describeError(error) });
    throw error;
  }
}

/** Answers with when the task goes on (in milliseconds from now); undefined if nothing has to be rung. */
async function perform(deps: EraseDataDeps, name: string, until: number): Promise<number | undefined> {
  const taken = await deps.tasks.take(name);
  if (!taken) return undefined;
  const { task } = taken;
  if (task.kind === 'forget') return forget(deps, { ...taken, task }, until);
  if (task.kind !== 'erase' && task.kind !== 'close') return undefined;
  // Before anything is erased, so that one that fails each time is counted, too.
  if (deps.clock.now() - task.at > LATE_MS) createMetrics(deps.log, deps.clock).count('ErasuresLate');
  const afterMs =
    task.kind === 'erase'
      ? await deps.erasePerson({ ...taken, task }, until)
      : await deps.closeAccount({ ...taken, task }, until);
  if (afterMs === undefined) deps.log({ erasure: task.id, outcome: 'done' });
  return afterMs;
}

/** Forgets what is old, and is due again a day later. If the account keeps everything by now, the task ends. */
async function forget(
  { tasks, forgetAccount }: EraseDataDeps,
  taken: TakenTask<TaskOf<'forget'>>,
  until: number,
): Promise<number | undefined> {
  const { kind, account, from } = taken.task;
  const run = await forgetAccount(account, from, until);
  if (run.outcome === 'off') await tasks.finish(taken);
  else if (run.outcome === 'done') await tasks.goOn(taken, { kind, account }, DAY_MS);
  else {
    await tasks.goOn(taken, { kind, account, from: run.left }, RUN_MS);
    return 0;
  }
  return undefined;
}
