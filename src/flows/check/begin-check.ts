import type { Bells } from '#bells';
import type { CheckCounts, CheckMode } from '#domain/check';
import { createChecks } from '#store/accounts/checks';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Begins a check, unless one of that mode is under way, and rings it. Answers with its id. `counts` is what was proved
 * before it.
 */
export type BeginCheck = (mode: CheckMode, counts?: CheckCounts) => Promise<string>;

/** Makes `beginCheck`. One that is under way is rung as well: its bell may have been lost. */
export function createBeginCheck(deps: StoreDeps & { readonly bells: Bells<'checks'> }): BeginCheck {
  const checks = createChecks(deps);
  return async function beginCheck(mode, counts) {
    const underWay = (await checks.all()).find((check) => check.mode === mode && check.doneAt === undefined);
    const { id } = underWay ?? (await checks.begin(mode, counts));
    await deps.bells.ring('checks', id);
    return id;
  };
}

/** So long after a daily check began the next one is due. The days of two schedules differ by minutes. */
const DAILY_MS = 23 * 3_600_000;

/** Begins the daily check on a machine that may be started several times a day, unless one began today. */
export function createDailyCheck(deps: StoreDeps & { readonly bells: Bells<'checks'> }): () => Promise<void> {
  const checks = createChecks(deps);
  const beginCheck = createBeginCheck(deps);
  return async function beginDailyCheck() {
    const since = deps.clock.now() - DAILY_MS;
    const isToday = (await checks.all()).some(({ mode, startedAt }) => mode === 'daily' && startedAt > since);
    if (!isToday) await beginCheck('daily');
  };
}
