import { FIRST_KEY } from '#domain/fact';
import { timeOf } from '#domain/time-key';
import { readKept } from '#flows/events/kept';
import type { StoreDeps } from '#store/dynamo/client';
import { asideLane, connectorLane, eventLane } from '#store/outbox/lane-names';
import { createPendingRows } from '#store/outbox/pending-rows';
import { createWaitingLanes } from '#store/outbox/waiting-lanes';

/**
 * The time of the oldest event or note of the account that has not left (epoch ms); undefined if all have. What it tells
 * of is read when it leaves, so nothing that is as new may be forgotten.
 */
export type OldestWaiting = (account: string) => Promise<number | undefined>;

/** The parts of the lane of a connected CRM: what goes first, and notes. */
const PARTS = ['0#', '1#'] as const;

/** Makes `oldestWaiting`. */
export function createOldestWaiting(deps: StoreDeps): OldestWaiting {
  const { lanesOf } = createWaitingLanes(deps);
  const { pendingIn } = createPendingRows(deps);

  async function timesIn(lane: string, from: string): Promise<number[]> {
    const [oldest] = await pendingIn(lane, from, 1);
    return oldest ? [timeOf(oldest.event.replace(/^[01]#/, ''))] : [];
  }

  return async function oldestWaiting(account) {
    const [events, connector] = [eventLane(account), connectorLane(account)];
    const lanes = await lanesOf([events, connector]);
    const aside = readKept(lanes.get(events)?.kept).aside.map((subject) => asideLane(account, subject));
    const found = await Promise.all([
      ...[events, ...aside].map((lane) => timesIn(lane, FIRST_KEY)),
      ...(lanes.has(connector) ? PARTS.map((part) => timesIn(connector, part)) : []),
    ]);
    const times = found.flat();
    return times.length === 0 ? undefined : Math.min(...times);
  };
}
