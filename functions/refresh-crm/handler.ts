import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import type { CrmConnection, CrmProblem } from '#domain/crm';
import type { Sessions } from '#flows/crm/sessions';
import { describeError, type Log } from '#log';
import type { OpenCrms } from '#store/accounts/open-crms';
import { newsLane } from '#store/outbox/lane-names';
import type { Dirty, News } from '#store/outbox/news';

export interface RefreshCrmDeps {
  readonly crms: Pick<OpenCrms, 'listAll' | 'now'>;
  readonly sessions: Pick<Sessions, 'refreshIfDue'>;
  readonly news: Pick<News, 'mark'>;
  readonly bells: Bells<'news'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** One CRM that hangs holds up a few others, and no hook waits for any of them. */
const AT_ONCE = 8;
const TOKENS_MS = 20_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Renews tokens that are due, and marks for each connected CRM what has to be looked at again. A CRM without hooks is
 * proved with every run.
 */
export function createHandler(deps: RefreshCrmDeps) {
  const { crms, log } = deps;
  return async (): Promise<void> => {
    await eachAtOnce(await crms.listAll(), AT_ONCE, async ({ account }) => {
      try {
        await refreshOne(deps, account);
      } catch (error) {
        log({ account, refreshCrm: 'failed', ...describeError(error) });
      }
    });
  };
}

async function refreshOne({ crms, sessions, news, bells, clock }: RefreshCrmDeps, account: string): Promise<void> {
  const connection = await crms.now(account);
  if (!connection) return;
  const dirty = dueOf(connection, clock.now());
  if (dirty.some(({ type }) => type === 'users')) await sessions.refreshIfDue(account, clock.deadline(TOKENS_MS));
  if (dirty.length === 0 || connection.isDisabled || !connection.portal) return;
  const { ring } = await news.mark(account, dirty);
  if (ring) await bells.ring('news', newsLane(account));
}

/** What is due since the last proof: each hour users and a proof, each day fields, hooks, and all that is kept. */
function dueOf({ lastProofAt = 0, problems }: CrmConnection, now: number): Dirty[] {
  const isNew = (period: number) => Math.floor(lastProofAt / period) !== Math.floor(now / period);
  const hasNoHooks = problems.some(isWithoutHooks);
  return [
    ...(isNew(DAY_MS) ? [{ type: 'prepare' as const }, { type: 'kept' as const }] : []),
    ...(isNew(HOUR_MS) ? [{ type: 'users' as const }] : []),
    ...(isNew(HOUR_MS) || hasNoHooks ? [{ type: 'proof' as const }] : []),
  ];
}

/** No hooks come: they are made by hand, were switched off, or the plan or the user does not have them. */
function isWithoutHooks({ code, about }: CrmProblem): boolean {
  return code === 'HOOKS_MISSING' || code === 'HOOKS_OFF' || about === 'webhooks';
}
