import type { StoreDeps } from '#store/dynamo/client';
import type { LaneState } from '#store/outbox/lane-item';
import { createRows } from '#store/outbox/rows';
import { type WaitingRow, waitingRows } from './event-row.ts';

/** What waits in a lane, the oldest first. `next` is where to read on if nothing was found yet. */
export interface Found {
  readonly waiting: readonly WaitingRow[];
  readonly next?: string | undefined;
}

/** Reads what waits in lanes of events. */
export function createReadLane(deps: StoreDeps) {
  const rows = createRows(deps);

  /** The oldest of what waits, at most so many, with all of the batch under way that still waits. */
  return async function readLane(lane: string, { from, memo = [] }: LaneState, most: number): Promise<Found> {
    const { rows: oldest, next } = await rows.pendingPage(lane, from, most);
    const isRead = oldest.length === 0 || next === undefined;
    const behind = isRead ? [] : memo.filter((event) => event >= next);
    const further = behind.length > 0 ? await rows.getAll(lane, behind) : [];
    return { waiting: waitingRows([...oldest, ...further.filter(({ state }) => state === 'pending')]), next };
  };
}
