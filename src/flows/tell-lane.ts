import type { Bells } from '#bells';
import type { StoreDeps } from '#store/dynamo/client';
import { createAnnounce } from '#store/outbox/announce';
import type { LaneQueue } from '#store/outbox/lane-names';

/** Tells a lane of what was just added to it, by the sort keys, and rings it if it needs a bell. */
export type TellLane = (lane: string, added: readonly string[]) => Promise<void>;

/** Makes `tellLane`. `queueOf` tells the queue of a lane. A bell that is lost costs a minute: the lane is due by then. */
export function createTellLane<Q extends LaneQueue>(
  deps: StoreDeps & { readonly bells: Bells<Q> },
  queueOf: (lane: string, slow: boolean) => Q,
): TellLane {
  const { bells } = deps;
  const announce = createAnnounce(deps);

  return async function tellLane(lane, added) {
    const [first, ...more] = added.toSorted();
    if (first === undefined) return;
    const { ring, slow } = await announce(lane, [first, ...more]);
    if (ring) await bells.ring(queueOf(lane, slow), lane);
  };
}
