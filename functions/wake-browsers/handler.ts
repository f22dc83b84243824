import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { PushEnd, PushTerms, WakeBrowser } from '#calls/web-push';
import type { Clock } from '#clock';
import { shortHash } from '#domain/hash';
import { mayWake, type PlannedKind } from '#domain/notice';
import { absences } from '#domain/team';
import type { PlanWake } from '#flows/plan-wake';
import type { StillCalled } from '#flows/still-called';
import { readWake, type Wake, writeWake } from '#flows/wake';
import type { Log } from '#log';
import type { createAccountStates } from '#store/accounts/account-state';
import type { Teams } from '#store/accounts/teams';
import type { Users } from '#store/directory/users';
import type { PushSubscription, PushSubscriptions } from '#store/pages/push-subscriptions';

export interface WakeBrowsersDeps {
  readonly subscriptions: Pick<PushSubscriptions, 'ofSignedIn' | 'removeGone' | 'subscribersOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly stillCalled: StillCalled;
  readonly planWake: PlanWake;
  readonly accountStates: Pick<ReturnType<typeof createAccountStates>, 'stateOf'>;
  /** Undefined while the secret of the installation is not made: then nobody can have subscribed. */
  readonly wakeBrowser: () => Promise<WakeBrowser | undefined>;
  readonly bells: Bells<'pushes'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who opens a laptop in the evening is told of the hour before, and of nothing older. */
const KEPT_SECONDS = 3_600;
/** A client who was about to leave is gone by then (T8). */
const WARNED_SECONDS = 60;
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
  const { accountStates, log } = deps;
  if ((await accountStates.stateOf(called.account)).isDisabled || !(await deps.stillCalled(called))) return;
  const planned = plannedKindOf(called);
  if (planned) return plan(deps, called, planned);
  const wakeBrowser = await deps.wakeBrowser();
  const waking = await wakingOf(deps, called);
  const left: { readonly id: string; readonly afterMs: number }[] = [];
  await eachAtOnce(waking, AT_ONCE, async (subscription) => {
    const end = await wakeBrowser?.(subscription.endpoint, termsOf(called), deps.clock.deadline(CALL_MS));
    if (!end) return;
    const afterMs = await follow(deps, called, subscription, end);
    if (afterMs !== undefined) left.push({ id: subscription.id, afterMs });
    log({ push: end.outcome, kind: called.kind, ...('reason' in end && { reason: end.reason }), tries: called.tries });
  });
  if (left.length === 0) return;
  const again = { ...called, ids: left.map(({ id }) => id), tries: called.tries + 1 };
  await deps.bells.ring('pushes', writeWake(again), Math.max(...left.map(({ afterMs }) => afterMs)));
}

/**
 * The kind of a call that was looked at, and wakes the user together with others: when a shift begins, a hundred clients may come
 * to them at once. Undefined if it was planned already, or has a bell of its own.
 */
function plannedKindOf({ kind, devices, ids }: Wake): PlannedKind | undefined {
  if (devices !== undefined || ids !== undefined) return undefined;
  return kind === 'given' || kind === 'told' || kind === 'shift' ? kind : undefined;
}

async function plan({ subscriptions, planWake }: WakeBrowsersDeps, called: Wake, kind: PlannedKind): Promise<void> {
  const choices = (await subscriptions.subscribersOf(called.account)).get(called.userId) ?? [];
  for (const devices of choices) await planWake(called, kind, devices);
}

/** The browsers of the user that are to be woken now. */
async function wakingOf(
  { subscriptions, users, teams, clock }: WakeBrowsersDeps,
  called: Wake,
): Promise<PushSubscription[]> {
  const { account, userId, kind, devices, ids } = called;
  const all = await subscriptions.ofSignedIn(called, await users.get(account, userId));
  const wanted = all.filter(({ id, notices }) => (ids?.includes(id) ?? true) && (devices ?? notices) === notices);
  if (wanted.length === 0) return [];
  const now = clock.now();
  const absence = absences((await teams.read(account)).team, now)(userId);
  return wanted.filter((one) => mayWake(one, kind, absence, now));
}

/** One push takes the place of another, but a client who leaves is one of their own. */
function termsOf({ kind, chat }: Wake): PushTerms {
  if (kind === 'leaves' && chat !== undefined) return { topic: shortHash(chat), ttlSeconds: WARNED_SECONDS };
  return { topic: 'waiting', ttlSeconds: KEPT_SECONDS };
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
