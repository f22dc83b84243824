import type { Bells } from '#bells';
import { begunShifts } from '#domain/begun-shifts';
import type { Team } from '#domain/team';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import { writeWake } from './wake.ts';

/** Calls the users whose shift has begun between two times (epoch ms), once, if anybody waits for them then (N2). */
export type CallShift = (account: string, team: Team, before: number, now: number) => Promise<void>;

/** Makes `callShift`. Whether anybody waits is looked at when the browsers are woken. */
export function createCallShift(deps: StoreDeps & { readonly bells: Bells<'pushes'> }): CallShift {
  const { bells } = deps;
  const subscriptions = createPushSubscriptions(deps);

  return async function callShift(account, team, before, now) {
    const begun = begunShifts(team, before, now);
    if (begun.length === 0) return;
    const subscribers = await subscriptions.subscribersOf(account);
    for (const userId of begun) {
      if (!subscribers.has(userId)) continue;
      await bells.ring('pushes', writeWake({ account, userId, kind: 'shift', tries: 0 }));
    }
  };
}
