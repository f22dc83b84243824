import { WEBHOOK } from '#domain/delivery-kind';
import { timeKey } from '#domain/time-key';
import type { StoreDeps } from '#store/dynamo/client';
import { createFailedRows, type RowKey } from '#store/outbox/failed-rows';
import { isEventLane, replyLane } from '#store/outbox/lane-names';
import { createLanePages } from '#store/outbox/lane-pages';
import { createReopenedRows } from '#store/outbox/reopened-rows';
import { isEventRow, type Row } from '#store/outbox/row-item';
import type { TaskOf } from '#store/outbox/tasks';
import type { PutBack } from './put-back.ts';
import { createRetryReply } from './retry-reply.ts';

export type RetryTask = TaskOf<'retry'>;

interface Sent {
  readonly count: number;
  readonly left?: RetryTask;
}

/** Keeps the task as it is given, so that the next run finds what this one was at if it is cut short. */
type Note = (task: RetryTask) => Promise<void>;

/** How many rows are put back together. */
const CHUNK = 200;

/** Sends again what failed for a target, in order, a piece at a time. Returns what is left when time is up. */
export function createRetryFailed(deps: StoreDeps, { tell, open }: PutBack) {
  const { clock } = deps;
  const { keysOf, getAll } = createFailedRows(deps);
  const { pageOf } = createLanePages(deps);
  const retryReply = createRetryReply(deps);
  const { reopenFailed } = createReopenedRows(deps);

  return async function retryFailed(task: RetryTask, until: number, note: Note): Promise<Sent> {
    const { account, target, begun } = task;
    if (begun !== undefined) await tell(account, [begun]);
    if (target === undefined) return { count: 0 };
    return target === WEBHOOK ? retryEvents(task, until, note) : retryReplies(task, target, until);
  };

  async function retryEvents(task: RetryTask, until: number, note: Note): Promise<Sent> {
    const { account } = task;
    const keys = await keysOf(account, isOfEvents, beforeOf(task));
    let count = 0;
    for (let start = 0; start < keys.length; start += CHUNK) {
      if (clock.now() >= until) return { count, left: task };
      const failed = (await getAll(keys.slice(start, start + CHUNK))).filter(isEventRow);
      const [first] = failed;
      if (!first) continue;
      await note({ ...task, begun: first.event });
      const opened = await open(failed, reopenFailed);
      await tell(account, opened);
      count += opened.length;
    }
    return { count };
  }

  /** In the lane of a chat only replies that failed have rows. */
  async function retryReplies(task: RetryTask, target: string, until: number): Promise<Sent> {
    const { account } = task;
    const isFailed = ({ state, failedAt = '' }: Row) => state === 'failed' && failedAt < beforeOf(task);
    let count = 0;
    for (let from: string | undefined = ''; from !== undefined; ) {
      if (clock.now() >= until) return { count, left: task };
      const { rows: found, next } = await pageOf(replyLane(target), CHUNK, from || undefined);
      for (const row of found.filter(isFailed)) {
        if (row.kind !== 'reply' || row.account !== account) continue;
        await retryReply(row);
        count += 1;
      }
      from = next;
    }
    return { count };
  }
}

/** What failed since the task began is left alone: it would be sent again and again. */
function beforeOf({ at }: RetryTask): string {
  return timeKey(at, '');
}

function isOfEvents({ lane }: RowKey): boolean {
  return isEventLane(lane);
}
