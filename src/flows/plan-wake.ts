import type { Bells } from '#bells';
import { everyMs, type Notices, type PlannedKind } from '#domain/notice';
import type { StoreDeps } from '#store/dynamo/client';
import type { Subscriber } from '#store/pages/push-subscriptions';
import { createWakes } from '#store/pages/wakes';
import { writeWake } from './wake.ts';

/**
 * Plans the waking of those devices of a user that have chosen so: at once, or together with everything else of their time. So
 * many calls wake them once (N2).
 */
export type PlanWake = (subscriber: Subscriber, kind: PlannedKind, devices: Notices) => Promise<void>;

/** Makes `planWake`. */
export function createPlanWake(deps: StoreDeps & { readonly bells: Bells<'pushes'> }): PlanWake {
  const { bells } = deps;
  const wakes = createWakes(deps);

  return async function planWake({ account, userId }, kind, devices) {
    const afterMs = await wakes.plan({ account, userId }, devices, everyMs(kind));
    if (afterMs === undefined) return;
    await bells.ring('pushes', writeWake({ account, userId, kind, devices, tries: 0 }), afterMs || undefined);
  };
}
