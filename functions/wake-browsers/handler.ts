import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { PushEnd, WakeBrowser } from '#calls/web-push';
import type { Clock } from '#clock';
import { readWake, type Wake, writeWake } from '#flows/wake';
import type { Log } from '#log';
import type { createAccountStates } from '#store/accounts/account-state';
import type { Users } from '#store/directory/users';
import type { PushSubscription, PushSubscriptions } from '#store/pages/push-subscriptions';

export interface WakeBrowsersDeps {
  readonly subscriptions: Pick<PushSubscriptions, 'ofSignedIn' | 'removeGone'>;
  readonly users: Pick<Users, 'get'>;
  readonly accountStates: Pick<ReturnType<typeof createAccountStates>, 'stateOf'>;
  /** Undefined while the secret of the installation is not made: then nobody can have subscribed. */
  readonly wakeBrowser: () => Promise<WakeBrowser | undefined>;
  readonly bells: Bells<'pushes'>;
  readonly clock: Clock;
  readonly log: Log;
}

const AT_ONCE = 10;
const CALL_MS = 10_000;
/** After these times a browser is tried again. Then the call is dropped: the next one wakes it, or its user looks. */
const AGAIN_MS = [10_000, 30_000, 90_000];
/** A service that wants a longer rest gets the next call. */
const LONGEST_REST_MS = 300_000;

/** Wakes the browsers of users, one user for each message of the queue. */
export function createHandler(deps: WakeBrowsersDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await wake(deps, readWake(body));
  };
}

async function wake(deps: WakeBrowsersDeps, called: Wake): Promise<void> {
  const { subscriptions, users, accountStates, log } = deps;
  const { account, userId } = called;
  if ((await accountStates.stateOf(account)).isDisabled) return;
  const wakeBrowser = await deps.wakeBrowser();
  const all = await subscriptions.ofSignedIn(called, await users.get(account, userId));
  const waking = all.filter(({ id }) => called.ids?.includes(id) ?? true);
  const left: { readonly id: string; readonly afterMs: number }[] = [];
  await eachAtOnce(waking, AT_ONCE, async (subscription) => {
    const end = await wakeBrowser?.(subscription.endpoint, deps.clock.deadline(CALL_MS));
    if (!end) return;
    const afterMs = await follow(deps, called, subscription, end);
    if (afterMs !== undefined) left.push({ id: subscription.id, afterMs });
    log({ push: end.outcome, ...('reason' in end && { reason: end.reason }), tries: called.tries });
  });
  if (left.length === 0) return;
  const again = { ...called, ids: left.map(({ id }) => id), tries: called.tries + 1 };
  await deps.bells.ring('pushes', writeWake(again), Math.max(...left.map(({ afterMs }) => afterMs)));
}

/** Follows the end of a push. Answers in how many milliseconds the browser has to be tried again, if it has. */
async function follow(
  { subscriptions }: WakeBrowsersDeps,
  called: Wake,
  subscription: PushSubscription,
  end: PushEnd,
): Promise<number | undefined> {
  if (end.outcome === 'gone') await subscriptions.removeGone(called, subscription);
  if (end.outcome !== 'later') return undefined;
  const usual = AGAIN_MS[called.tries];
  const afterMs = Math.max(usual ?? 0, end.afterMs ?? 0);
  return usual === undefined || afterMs > LONGEST_REST_MS ? undefined : afterMs;
}
