import type { StoreDeps } from '#store/dynamo/client';
import { eventLane } from '#store/outbox/lane-names';
import { createLanePages } from '#store/outbox/lane-pages';
import { createReopenedRows } from '#store/outbox/reopened-rows';
import { type EventRow, isEventRow, type Row } from '#store/outbox/row-item';
import type { TaskOf } from '#store/outbox/tasks';
import type { PutBack } from './put-back.ts';

export type ReplayTask = TaskOf<'replay'>;

/** How many rows are read and put back together. */
const PAGE = 200;

/** Sends events once more that were taken, in order, a piece at a time. Returns what is left when time is up. */
export function createReplay(deps: StoreDeps, { tell, open }: PutBack) {
  const { clock } = deps;
  const { pageOf } = createLanePages(deps);
  const { reopenTaken } = createReopenedRows(deps);

  return async function replay(task: ReplayTask, until: number): Promise<{ count: number; left?: ReplayTask }> {
    const { account, id, before } = task;
    let count = 0;
    for (let from: string | undefined = task.from; from !== undefined; ) {
      if (clock.now() >= until) return { count, left: { ...task, from } };
      const { rows, next } = await pageOf(eventLane(account), PAGE, from, before);
      const opened = await open(rows.filter(isTaken), (row) => reopenTaken(row, id));
      // A run that was cut short may have opened some without telling the lane.
      const opensStill = rows.filter((row) => row.state === 'pending' && isEventRow(row) && row.replayedBy === id);
      await tell(eventLane(account), [...opened, ...opensStill.map(({ event }) => event)]);
      count += opened.length;
      from = next;
    }
    return { count };
  };
}

/** Creations are not sent once more: the CRM would have the same person twice. */
function isTaken(row: Row): row is EventRow {
  return row.kind === 'event' && row.state === 'done';
}
