import type { StoreDeps } from '#store/dynamo/client';
import type { LaneState } from '#store/outbox/lane-item';
import type { Row } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { type WaitingRow, waitingRows } from './event-row.ts';

/** What waits in a lane, the oldest first. `next` is where to read on if nothing was found yet. */
export interface Found {
  readonly waiting: readonly WaitingRow[];
  readonly next?: string | undefined;
  /** Something waits, but it is not sure that nothing older does. */
  readonly isUnsure: boolean;
}

/** Reads what waits in lanes of events, so that of one subject nothing is read without what is older. */
export function createReadLane(deps: StoreDeps) {
  const rows = createRows(deps);

  /** The oldest of what waits, at most so many, with all of the batch under way that still waits. */
  return async function readLane(lane: string, { from, memo = [] }: LaneState, most: number): Promise<Found> {
    const first = await rows.pendingPage(lane, from, most);
    const isSure = first.isAtOnce || first.rows.length === 0;
    const page = isSure ? first : await rows.pendingPage(lane, from, most);
    const shown = isSure ? page.rows : page.rows.filter((row) => memo.includes(row.event) || isBehind(row, first.rows));
    const { next } = page;
    const isRead = shown.length === 0 || next === undefined;
    const behind = isRead ? [] : memo.filter((event) => event >= next);
    const further = behind.length > 0 ? await rows.getAll(lane, behind) : [];
    const waiting = waitingRows([...shown, ...further.filter(({ state }) => state === 'pending')]);
    return { waiting, next, isUnsure: !isSure && waiting.length === 0 };
  };
}

/**
 * Whether the row is no newer than one of its subject that was read before. A replay may open rows of a subject, the older
 * ones first, while query after query reads the lane: the first reading may have passed the older ones before, the second
 * shows them.
 */
function isBehind(row: Row, before: readonly Row[]): boolean {
  return before.some((one) => subjectOf(one) === subjectOf(row) && row.event <= one.event);
}

function subjectOf(row: Row): string | undefined {
  return 'subject' in row ? row.subject : undefined;
}
